/**
 * Tests of (conditional) independence on tables of counts: the likelihood-ratio statistic G summed over the strata of
 * what is conditioned on (Agresti 2013, chapter 3), with the effect size beside the p-value, and the smallest effect
 * that so many samples would have shown.
 */
import { chiSquaredTail, detectableNoncentrality } from '../statistics/special-functions.ts'
import { type Counts, marginal, strata } from './counts.ts'

export interface IndependenceTest {
  /** G = 2 sum N ln(N / expected). */
  readonly statistic: number
  /** Degrees of freedom; rows and columns without a count in a stratum take none. */
  readonly freedom: number
  /** P(chi-squared > G) under independence; 1 where nothing can vary. */
  readonly p: number
  /** Cramér's V of the dependence, in [0, 1]: sqrt(X2 / (n (min(K) - 1))), pooled over the strata. */
  readonly cramersV: number
  /** The smallest V that a test of this size would have found with this power, given these samples. */
  readonly detectableV: number
}

export interface TestSettings {
  /** Size of the test: how often independence is denied where it holds. */
  readonly alpha: number
  /** How often the dependence called detectable would have been found. */
  readonly power: number
}

/** Independence of nodes `a` and `b` given the nodes `given`, and given what was set from outside. */
export function testIndependence(
  counts: Counts,
  a: number,
  b: number,
  given: readonly number[],
  { alpha, power }: TestSettings,
): IndependenceTest {
  const rows = counts.categories[a]!
  const columns = counts.categories[b]!
  let statistic = 0
  let pearson = 0
  let freedom = 0
  let total = 0
  for (const part of strata(counts)) {
    const table = marginal(part, [...given, a, b])
    for (let from = 0; from < table.length; from += rows * columns) {
      const stratum = testStratum(table.subarray(from, from + rows * columns), rows, columns)
      statistic += stratum.statistic
      pearson += stratum.pearson
      freedom += stratum.freedom
      total += stratum.total
    }
  }
  const scale = total * (Math.min(rows, columns) - 1)
  const p = freedom === 0 ? 1 : chiSquaredTail(statistic, freedom)
  return {
    statistic,
    freedom,
    p,
    cramersV: scale > 0 ? Math.min(1, Math.sqrt(pearson / scale)) : 0,
    detectableV:
      freedom === 0 || scale <= 0 ? 1 : Math.min(1, Math.sqrt(detectableNoncentrality(freedom, alpha, power) / scale)),
  }
}

function testStratum(
  table: Float64Array,
  rows: number,
  columns: number,
): { statistic: number; pearson: number; freedom: number; total: number } {
  const rowTotals = new Float64Array(rows)
  const columnTotals = new Float64Array(columns)
  let total = 0
  table.forEach((count, at) => {
    rowTotals[Math.floor(at / columns)]! += count
    columnTotals[at % columns]! += count
    total += count
  })
  let statistic = 0
  let pearson = 0
  table.forEach((count, at) => {
    const expected = (rowTotals[Math.floor(at / columns)]! * columnTotals[at % columns]!) / total
    if (!(expected > 0)) return
    pearson += (count - expected) ** 2 / expected
    if (count > 0) statistic += 2 * count * (Math.log(count) - Math.log(expected))
  })
  const used = (totals: Float64Array): number => totals.filter((count) => count >= 1).length
  const freedom = Math.max(0, used(rowTotals) - 1) * Math.max(0, used(columnTotals) - 1)
  return { statistic: Math.max(0, statistic), pearson, freedom, total }
}
