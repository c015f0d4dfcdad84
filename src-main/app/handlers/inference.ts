import { refused } from '../../../src-shared/errors.ts'
import type { clusterRequests } from '../../../src-shared/contract/clusters.ts'
import type { Handlers } from '../../host/router.ts'
import type { AppContext } from '../context.ts'

type InferenceChannel = Extract<keyof typeof clusterRequests, `infer.${string}`>

export function inferenceHandlers({ session }: AppContext): Handlers<InferenceChannel> {
  const answer = (): never => {
    session()
    throw refused('The trained model cannot be asked yet in this version.')
  }
  return { 'infer.decode': answer, 'infer.reconstruct': answer, 'infer.draw': answer }
}
