/** What some modalities tell of several samples, one after the other: of each its nodes, and draws of every modality. */
import type { ToldByModalities } from '../../../src-shared/contract/what-if.ts'
import type { Clusters } from '../../../src-shared/methods/facets.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import type { LatentPosterior, Prediction } from '../../models/inference.ts'
import type { AskedRun } from './asked-run.ts'
import { toldBy } from './told-by.ts'

export interface SeenSamples {
  readonly ids: readonly string[]
  /** Modalities that were seen of them. */
  readonly from: readonly string[]
  /** What their encoders say, [n, latent] each. */
  readonly latent: LatentPosterior
}

export interface ToldSample {
  readonly id: string
  readonly told: ToldByModalities
  /** [count, ...shape] */
  readonly decoded: readonly Prediction[]
}

/** @param decode points of the latent space, [k, latent], as every modality */
export async function* toldOfEach(
  run: AskedRun,
  clusters: Clusters,
  { ids, from, latent }: SeenSamples,
  { count, seed }: { readonly count: number; readonly seed: number },
  decode: (latents: Float32Array) => Promise<readonly Prediction[]>,
): AsyncGenerator<ToldSample> {
  const width = latent.mean.length / ids.length
  for (const [i, id] of ids.entries()) {
    const posterior = {
      mean: latent.mean.subarray(i * width, (i + 1) * width),
      sd: latent.sd.subarray(i * width, (i + 1) * width),
    }
    const random = RandomStream.of(seed, `infer/${id}`)
    const { told, draws } = toldBy(run, clusters, from, posterior, { count, random })
    yield { id, told, decoded: await decode(draws.latents) }
  }
}
