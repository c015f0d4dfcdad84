/** The methods' rooms by id; services, trainer and inference process know only this door. */
import { refused } from '../../src-shared/errors.ts'
import type { Suggestion } from '../../src-shared/domain/suggestion.ts'
import type { Method } from '../../src-shared/methods/list.ts'
import { isUsed } from '../../src-shared/config/used-modalities.ts'
import { chosenModalities } from '../datasets/used-samples.ts'
import type { FeatureSource } from './features.ts'
import type { Inference } from './inference.ts'
import { rooms } from './list.ts'
import type { ModelRoom, SessionRequest, SuggestRequest } from './method.ts'
import type { Dataset } from '../datasets/dataset.ts'
import type { Snapshot, TrainingSession } from './session.ts'
import type { ToldSamples } from './told-samples.ts'
import type { RealMatrix } from '../statistics/linear-algebra/real-matrix.ts'
import type { ViewDivision } from '../statistics/view-division.ts'

/** Throws `refused` where this version cannot train the method. */
export function roomOf(method: Method): ModelRoom {
  const room = rooms.find(({ id }) => id === method)
  if (room !== undefined) return room
  throw refused(
    `The method ${method} is not part of this version.`,
    `Train with ${rooms.map(({ id }) => id).join(' or ')}.`,
    { field: 'method' },
  )
}

/** A fresh session on the engine that is open in this process; refuses what cannot be trained. */
export async function createSession({ from, ...request }: SourcedRequest): Promise<TrainingSession> {
  const loaded = await roomOf(request.method).load()
  return loaded.createSession(await withFeatures(request, from))
}

/** A request, with the finished run that is learnt on where there is one. */
export interface SourcedRequest extends SessionRequest {
  readonly from?: FeatureSource
}

/** Opens the run that is learnt on and reads every sample through it. */
async function withFeatures(request: SessionRequest, from: FeatureSource | undefined): Promise<SessionRequest> {
  if (from === undefined) return request
  const { openFeatures } = await roomOf(from.method).load()
  if (openFeatures === undefined)
    throw refused(`A run of ${from.method} gives no features to learn on.`, 'Choose another run.', {
      field: 'features.run',
    })
  const { dataset } = request
  const { config, seed, method, run, snapshot } = from
  const reader = await openFeatures({ method, dataset, config, seed }, snapshot)
  const names = chosenModalities(config)
  const views = dataset.modalities.filter(({ modality }) => isUsed(names, modality))
  return { ...request, features: { run, reader, samples: await reader.read(views) } }
}

/** How many nodes and categories to look for. Throws `refused` for a method without nodes. */
export async function suggest(
  request: SuggestRequest,
  report: (label: string, fraction: number) => void,
): Promise<Suggestion> {
  const { suggest: compare } = await roomOf(request.method).load()
  if (compare === undefined)
    throw refused(`The method ${request.method} has no nodes to suggest.`, 'Choose another method.', {
      field: 'method',
    })
  return compare(request, report)
}

/** Clusters that stand apart in values [n, d], as the methods that look for clusters count them; none without such a method. */
export async function clustersInView(
  rows: RealMatrix,
  directions: readonly number[],
  seed: string,
): Promise<ViewDivision[]> {
  const room = rooms.find(({ divisions }) => divisions !== undefined)
  return (await room?.divisions?.(rows, directions, seed)) ?? []
}

/** The trained model of a finished run, on the engine that is open in this process. */
export async function openInference(request: SessionRequest, snapshot: Snapshot): Promise<Inference> {
  return (await roomOf(request.method).load()).openInference(request, snapshot)
}

/** Labels of other samples than those of the run. Throws `refused` for a method that tells none. */
export async function tellLabels(
  { from, ...request }: SourcedRequest,
  snapshot: Snapshot,
  samples: Dataset,
): Promise<ToldSamples> {
  const { tellLabels: tell } = await roomOf(request.method).load()
  if (tell === undefined)
    throw refused(`The method ${request.method} tells no label.`, 'Choose a run of a method with a label.', {
      field: 'run',
    })
  return tell(await withFeatures(request, from), snapshot, samples)
}
