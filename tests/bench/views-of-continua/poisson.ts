/** Counts of rare events, one by one. */
import type { RandomStream } from '../../../src-shared/random/stream.ts'

/** Counts where so many are expected: few enough to be counted one by one. */
export function poisson(expected: number, random: RandomStream): number {
  let count = 0
  for (let left = expected + Math.log(1 - random.uniform()); left > 0; left += Math.log(1 - random.uniform())) count++
  return count
}
