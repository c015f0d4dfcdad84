/** The part of the samples that a replicate trains on, and the part that it never sees. */
import { RandomStream } from '../../src-shared/random/stream.ts'

export interface Subsample {
  /** Share of the samples, 0 to 1. */
  readonly share: number
  readonly seed: number
}

export interface SubsampleRows {
  /** Rows trained on, ascending. */
  readonly inside: Int32Array
  /** The others, ascending. */
  readonly outside: Int32Array
}

/** Drawn without replacement; the same seed draws the same rows of the same number of samples. */
export function drawSubsample(samples: number, { share, seed }: Subsample): SubsampleRows {
  const order = RandomStream.of(seed, 'subsample').permutation(samples)
  const size = Math.min(samples, Math.max(1, Math.round(share * samples)))
  return { inside: order.slice(0, size).sort(), outside: order.slice(size).sort() }
}

/** The seed of a run's replicate, from 0: its subsample and every other draw of its training come from it. */
export function replicateSeed(runSeed: number, replicate: number): number {
  return RandomStream.of(runSeed, `replicate/${replicate}`).uint32()
}
