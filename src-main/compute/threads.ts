/** How many threads training uses; told without loading a tensor library. */
import { availableParallelism } from 'node:os'

/**
 * Threads that training uses unless told otherwise: all cores of a small machine, and on a larger one half of its logical
 * cores (they come in pairs), at most four: a batch of 128 has too few rows for more to pay.
 */
export function defaultThreads(cores = availableParallelism()): number {
  return cores <= 2 ? cores : Math.min(4, Math.max(2, Math.floor(cores / 2)))
}
