/** How sure the counts are of each edge: the bootstrap of Friedman, Goldszmidt & Wyner 1999 on the table of counts. */
import type { Digraph } from '../../../src-shared/graph/digraph.ts'
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import { bestDag, scoreFamilies } from './dag-search.ts'

/**
 * The best DAG by BIC of each of `draws` tables resampled from the counts; of equivalent DAGs a random one, so that an
 * edge which the data do not direct appears both ways.
 * @param counts [C], row-major over `categories`; their sum, rounded, is the number of samples drawn
 */
export function bootstrapDags(
  counts: ArrayLike<number>,
  categories: readonly number[],
  draws: number,
  random: RandomStream,
): Digraph[] {
  const cumulative = new Float64Array(counts.length)
  let total = 0
  for (let a = 0; a < counts.length; a++) cumulative[a] = total += counts[a]!
  const samples = Math.max(1, Math.round(total))
  return Array.from({ length: draws }, () => {
    const resampled = new Float64Array(counts.length)
    for (let d = 0; d < samples; d++) resampled[firstAbove(cumulative, random.uniform() * total)]! += 1
    return bestDag(scoreFamilies(resampled, categories), random)
  })
}

/** Index of the first entry above `value` in an ascending array; the last index if none is. */
function firstAbove(ascending: Float64Array, value: number): number {
  let low = 0
  let high = ascending.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle]! > value) high = middle
    else low = middle + 1
  }
  return low
}
