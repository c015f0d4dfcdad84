/** Replication of a run: the whole procedure again on other parts of the samples, to see what of it returns. */

/**
 * Replicates after a training unless told otherwise: on two cores, two at a time on one thread each, four add up to
 * twice the training's own wall time (1.3 to 1.9 times measured, docs/results.md).
 */
export const defaultReplicates = 4

/** Share of the samples each trains on: two of them overlap in half of the samples, and each leaves enough to compare labels on. */
export const replicateShare = 2 / 3

export interface ReplicationProgress {
  readonly runId: number
  readonly planned: number
  readonly done: number
  readonly failed: number
  /** Of all, 0 to 1. */
  readonly fraction: number
  readonly secondsLeft: number | null
}
