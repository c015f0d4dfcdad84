/** Batches below this many samples make noisy steps. */
const smallestBatch = 32

/**
 * Batch size for a training on a share of the samples, as a replicate is: an epoch keeps its number of steps, so that as
 * many steps pass the samples as often. With full batches the same steps would pass fewer samples more often.
 * @param share of the samples, in (0, 1]
 */
export function smallerBatch(batchSize: number, share: number): number {
  return Math.max(Math.min(batchSize, smallestBatch), Math.ceil(batchSize * share))
}
