/** Decoded samples of every modality as they are, as they are seen with the categories, and as they would be if these were set. */
import type { Effect } from '../../../src-shared/contract/what-if.ts'
import type { Clusters } from '../../../src-shared/methods/facets.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import type { Prediction } from '../../models/inference.ts'
import { type Draws, drawFrom } from './draws.ts'

/** Asks the run's model to decode latent points [k, latent]. */
export type Decode = (latents: Float32Array) => Promise<readonly Prediction[]>

export const worlds = ['before', 'seen', 'set'] as const
export type World = (typeof worlds)[number]

export interface DecodedDraws extends Draws {
  readonly decoded: readonly Prediction[]
}

/** `seen` is null where the categories are never seen together. The same seed draws the same points. */
export async function decodeWorlds(
  clusters: Clusters,
  { outcomes }: Pick<Effect, 'outcomes'>,
  { count, seed }: { readonly count: number; readonly seed: number },
  decode: Decode,
): Promise<Readonly<Record<World, DecodedDraws | null>>> {
  const draw = async (world: World): Promise<DecodedDraws | null> => {
    if (outcomes.some((outcome) => outcome[world] === null)) return null
    const joint = outcomes.map((outcome) => outcome[world] ?? 0)
    const draws = drawFrom(clusters, joint, count, RandomStream.of(seed, `what-if/${world}`))
    return { ...draws, decoded: await decode(draws.latents) }
  }
  return { before: await draw('before'), seen: await draw('seen'), set: await draw('set') }
}
