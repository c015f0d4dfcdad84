/** What trains the causal complete cause: the part of its room that needs tensors. */
import * as v from 'valibot'
import { refused } from '../../../src-shared/errors.ts'
import { causalCompleteConfig } from '../../../src-shared/methods/causal-complete/config.ts'
import type { Inference } from '../inference.ts'
import type { SessionRequest } from '../method.ts'
import type { TrainingSession } from '../session.ts'
import { CausalCompleteSession } from './session.ts'

export { tellLabels } from './tell.ts'

export function createSession(request: SessionRequest): TrainingSession {
  const { dataset, config, seed, threads = 1, features, breathe } = request
  return new CausalCompleteSession(dataset, v.parse(causalCompleteConfig, config), seed, threads, features, breathe)
}

export function openInference(): Inference {
  throw refused(
    'The causal complete cause tells a label from measurements; it rebuilds none.',
    'Look at its predictions instead.',
  )
}
