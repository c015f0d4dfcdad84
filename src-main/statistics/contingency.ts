/** How often two labellings meet. Labels are any numbers; a labelling is one number a sample. */

export interface Contingency {
  /** [rows][columns] counts; a row for each label of the first labelling in ascending order, a column for each of the second. */
  readonly counts: readonly (readonly number[])[]
  readonly rowLabels: readonly number[]
  readonly columnLabels: readonly number[]
  readonly rowTotals: readonly number[]
  readonly columnTotals: readonly number[]
  readonly total: number
}

/** Throws RangeError for labellings of different lengths. */
export function contingency(first: ArrayLike<number>, second: ArrayLike<number>): Contingency {
  if (first.length !== second.length) {
    throw new RangeError(`labellings of ${first.length} and ${second.length} samples cannot be compared`)
  }
  const rowLabels = distinct(first)
  const columnLabels = distinct(second)
  const rowAt = new Map(rowLabels.map((label, at) => [label, at]))
  const columnAt = new Map(columnLabels.map((label, at) => [label, at]))
  const counts = rowLabels.map(() => new Array<number>(columnLabels.length).fill(0))
  for (let d = 0; d < first.length; d++) counts[rowAt.get(first[d]!)!]![columnAt.get(second[d]!)!]! += 1
  return {
    counts,
    rowLabels,
    columnLabels,
    rowTotals: counts.map(sum),
    columnTotals: columnLabels.map((_, column) => sum(counts.map((row) => row[column]!))),
    total: first.length,
  }
}

/** Of the two labellings, nats. */
export function mutualInformation({ counts, rowTotals, columnTotals, total }: Contingency): number {
  let sum = 0
  counts.forEach((row, r) => {
    row.forEach((count, c) => {
      if (count > 0) sum += (count / total) * Math.log((total * count) / (rowTotals[r]! * columnTotals[c]!))
    })
  })
  return Math.max(0, sum)
}

/** Of a labelling with so many samples a label, nats. */
export function entropy(totals: readonly number[], total: number): number {
  return totals.reduce((sum, count) => (count > 0 ? sum - (count / total) * Math.log(count / total) : sum), 0)
}

function distinct(labels: ArrayLike<number>): number[] {
  return [...new Set(Array.from(labels))].sort((a, b) => a - b)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
