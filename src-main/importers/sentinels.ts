/** Numbers that stand for a missing value: -999 and its like, far from all others of their column. */
import { isMissing } from './cells.ts'
import type { Undecided } from './written-numbers.ts'

/** What programs write for a value that is missing, as numbers. */
const sentinels = new Set([-99, -999, -9999, -99999, 999, 9999, 99999, 9.9e37, 9.91e37, 1e30, -1e30, 1e34, -1e34, 1e38])
/** All digits of theirs but zeros and the exponent. */
const sentinelText = /^-?(?:9{2,5}(?:\.0*)?|[19]\.?[09]*1?0*[eE]\+?3\d)$/
const [nine, minus] = [57, 45]

/** Whether a number without an exponent begins as sentinels do. */
export function mayBeSentinel(cell: string): boolean {
  const first = cell.charCodeAt(0) === minus ? 1 : 0
  return cell.charCodeAt(first) === nine && cell.charCodeAt(first + 1) === nine
}

/** Other values that a column must have before one is called far from them, and how many of their ranges that is. */
const fewestOthers = 3
const farAway = 2
/** The same where all others are written with decimals and the sentinel is not. */
const farWrittenUnlike = 0.5

/** Such numbers far from all others of their column; they are emptied when told to. */
export function sentinelsOf(
  names: readonly string[],
  rows: readonly string[][],
  column: number,
  empty: boolean,
): Undecided[] {
  const present = rows.filter((row) => sentinelText.test(row[column]!) && sentinels.has(Number(row[column]!)))
  if (present.length === 0) return []
  let [low, high, others, decimals] = [Infinity, -Infinity, 0, 0]
  for (const row of rows) {
    const value = isMissing(row[column]!) ? Number.NaN : Number(row[column]!)
    if (!Number.isFinite(value) || sentinels.has(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
    others += 1
    if (row[column]!.includes('.')) decimals += 1
  }
  const unlike = decimals === others && present.every((row) => !row[column]!.includes('.'))
  const margin = (unlike ? farWrittenUnlike : farAway) * (high - low)
  const far = present.filter((row) => Number(row[column]!) < low - margin || Number(row[column]!) > high + margin)
  if (others < fewestOthers || !(high > low) || far.length === 0) return []
  const cell = far[0]![column]!
  if (empty) for (const row of far) row[column] = ''
  return [{ column: names[column]!, cell }]
}
