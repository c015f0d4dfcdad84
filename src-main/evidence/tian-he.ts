/**
 * Sums over all DAGs with a uniform prior in O(3^L) by inclusion and exclusion over sinks (Tian & He 2009). The terms
 * alternate in sign; each DAG is counted at most 2^sinks times, so that signed log-sums lose a few digits at most.
 */

/** A signed number kept as the logarithm of its size: sums over many orders of magnitude without loss. */
interface SignedLogSum {
  largest: number
  /** Signed sum divided by exp(largest). */
  scaled: number
}

function add(sum: SignedLogSum, log: number, sign: 1 | -1): void {
  if (log === -Infinity) return
  if (log > sum.largest) {
    sum.scaled *= Math.exp(sum.largest - log)
    sum.largest = log
    sum.scaled += sign
  } else {
    sum.scaled += sign * Math.exp(log - sum.largest)
  }
}

/** log sum over subsets of `allowed` parents, for every allowed set: [2^L] from the scores [2^L]. */
function sumsOverSubsets(scores: Float64Array, size: number): Float64Array {
  const sums = scores.slice()
  for (let node = 0; node < size; node++) {
    const bit = 1 << node
    for (let mask = 0; mask < sums.length; mask++) {
      if ((mask & bit) === 0) continue
      const without = sums[mask ^ bit]!
      const high = Math.max(sums[mask]!, without)
      if (high !== -Infinity) sums[mask] = high + Math.log(Math.exp(sums[mask]! - high) + Math.exp(without - high))
    }
  }
  return sums
}

/** log of the sum over all DAGs of exp(sum of family scores). */
function logSumOverDags(allowed: readonly Float64Array[], size: number): number {
  const full = (1 << size) - 1
  const sums = Array.from({ length: full + 1 }, (): SignedLogSum => ({ largest: -Infinity, scaled: 0 }))
  add(sums[0]!, 0, 1)
  const product = new Float64Array(full + 1)
  const signs = Int8Array.from({ length: full + 1 }, (_, mask) => (bitCount(mask) % 2 === 1 ? 1 : -1))
  for (let inner = 0; inner < full; inner++) {
    const { largest, scaled } = sums[inner]!
    // A set of nodes that cannot be ordered within itself adds nothing.
    if (!(scaled > 0)) continue
    const log = largest + Math.log(scaled)
    const outside = full ^ inner
    // Every non-empty set of sinks outside `inner`, ascending: a set's lowest member is known before it.
    for (let sinks = (0 - outside) & outside; ; sinks = (sinks - outside) & outside) {
      const lowest = sinks & -sinks
      const node = 31 - Math.clz32(lowest)
      product[sinks] = (sinks === lowest ? 0 : product[sinks ^ lowest]!) + allowed[node]![inner]!
      add(sums[inner | sinks]!, log + product[sinks]!, signs[sinks] === 1 ? 1 : -1)
      if (sinks === outside) break
    }
  }
  const { largest, scaled } = sums[full]!
  return scaled > 0 ? largest + Math.log(scaled) : -Infinity
}

function bitCount(mask: number): number {
  let count = 0
  for (let left = mask; left !== 0; left &= left - 1) count++
  return count
}

export interface EdgeSums {
  /** log sum over DAGs of exp(score), nats. */
  readonly logSum: number
  /** p(i -> j), [L][L]. */
  readonly directed: readonly (readonly number[])[]
}

/** @param families [L][2^L] family scores by the parents' bit mask (family-score.ts) */
export function tianHe(families: readonly Float64Array[]): EdgeSums {
  const size = families.length
  const allowed = families.map((scores) => sumsOverSubsets(scores, size))
  const logSum = logSumOverDags(allowed, size)
  const directed = families.map((_, from) =>
    families.map((scores, to) => {
      if (from === to) return 0
      const withEdge = scores.map((score, mask) => ((mask & (1 << from)) === 0 ? -Infinity : score))
      const sums = allowed.map((own, node) => (node === to ? sumsOverSubsets(withEdge, size) : own))
      return Math.min(1, Math.exp(logSumOverDags(sums, size) - logSum))
    }),
  )
  return { logSum, directed }
}
