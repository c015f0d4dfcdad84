/** Samples named at each end of a component. */
const extremesShown = 8

/** Ids of the samples with the lowest and the highest values of column `c` of [n, columns], the most extreme first. */
export function endsOf(
  values: ArrayLike<number>,
  columns: number,
  c: number,
  ids: readonly string[],
): { low: string[]; high: string[] } {
  const at = (row: number): number => values[row * columns + c]!
  const rows = Array.from(ids.keys())
    .filter((row) => !Number.isNaN(at(row)))
    .sort((a, b) => at(a) - at(b) || a - b)
  const named = (some: readonly number[]): string[] => some.map((row) => ids[row]!)
  return { low: named(rows.slice(0, extremesShown)), high: named(rows.slice(-extremesShown).reverse()) }
}
