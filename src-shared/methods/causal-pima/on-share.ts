/** A configuration for a training on a part of the samples, as a replicate is. */
import type { CausalPimaConfig } from './config.ts'

/** Batches below this many samples make noisy steps. */
const smallestBatch = 32

/**
 * Batches shrink with the samples: an epoch keeps its number of steps, and pre-training, which is as many steps long, passes
 * the samples as often. With full batches the same steps would pass fewer samples more often.
 * @param share of the samples, in (0, 1]
 */
export function onShare(config: CausalPimaConfig, share: number): CausalPimaConfig {
  const { batchSize } = config.training
  const smaller = Math.max(Math.min(batchSize, smallestBatch), Math.ceil(batchSize * share))
  return { ...config, training: { ...config.training, batchSize: smaller } }
}
