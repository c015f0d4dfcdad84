/**
 * Agreement of two labellings corrected for chance: 1 for the same partition, 0 on average for independent ones whatever
 * their sizes (Vinh, Epps & Bailey 2010; arithmetic mean of the entropies, as in scikit-learn).
 */
import { type Contingency, contingency, entropy, mutualInformation } from '../statistics/contingency.ts'
import { logGamma } from '../statistics/special-functions.ts'

const epsilon = Number.EPSILON

/** Labels are any numbers. Throws RangeError for labellings of different lengths. */
export function adjustedMutualInformation(first: ArrayLike<number>, second: ArrayLike<number>): number {
  const table = contingency(first, second)
  return adjusted(table, expectedMutualInformation(table))
}

/** @param expected mutual information that chance gives tables with these margins */
export function adjusted(table: Contingency, expected: number): number {
  const { rowTotals, columnTotals, total } = table
  if (rowTotals.length === columnTotals.length && rowTotals.length <= 1) return 1
  const mean = (entropy(rowTotals, total) + entropy(columnTotals, total)) / 2
  const span = mean - expected
  const agreement =
    (mutualInformation(table) - expected) / (span < 0 ? Math.min(span, -epsilon) : Math.max(span, epsilon))
  // Rounding alone goes beyond the same partition's.
  return span > 0 ? Math.min(1, agreement) : agreement
}

/** Mean of the mutual information over all tables with these margins (hypergeometric model of chance). */
export function expectedMutualInformation({ rowTotals, columnTotals, total }: Contingency): number {
  const logFactorial = new Float64Array(total + 1)
  for (let n = 2; n <= total; n++) logFactorial[n] = n < 20 ? logFactorial[n - 1]! + Math.log(n) : logGamma(n + 1)
  let sum = 0
  for (const a of rowTotals) {
    for (const b of columnTotals) {
      const fixed =
        logFactorial[a]! + logFactorial[b]! + logFactorial[total - a]! + logFactorial[total - b]! - logFactorial[total]!
      for (let n = Math.max(1, a + b - total); n <= Math.min(a, b); n++) {
        const log =
          fixed - logFactorial[n]! - logFactorial[a - n]! - logFactorial[b - n]! - logFactorial[total - a - b + n]!
        sum += (n / total) * Math.log((total * n) / (a * b)) * Math.exp(log)
      }
    }
  }
  return sum
}
