/** One way to divide samples, and what one way says of another. */

/** The division by one view; labels -1 where a sample lacks the view. */
export interface ViewDivision {
  readonly clusters: number
  /** [n] */
  readonly labels: Int32Array
}

/** Share of a division's entropy that may stay open where another is said to tell it. */
const leftOpen = 0.1

/** Both divisions at once: a cluster for each pair of theirs that has a sample. */
export function together(first: ViewDivision, second: ViewDivision): ViewDivision {
  const codes = first.labels.map((a, i) =>
    a < 0 || second.labels[i]! < 0 ? -1 : a * second.clusters + second.labels[i]!,
  )
  const pairs = [...new Set(codes)].filter((code) => code >= 0).sort((a, b) => a - b)
  const place = new Map(pairs.map((code, at) => [code, at]))
  return { clusters: pairs.length, labels: codes.map((code) => place.get(code) ?? -1) }
}

/** Whether knowing the first division leaves next to nothing open of the second, over the samples that both have. */
export function determines(first: ViewDivision, second: ViewDivision, open = leftOpen): boolean {
  const counts = Array.from({ length: first.clusters }, () => new Float64Array(second.clusters))
  let n = 0
  first.labels.forEach((a, i) => {
    const b = second.labels[i]!
    if (a < 0 || b < 0) return
    counts[a]![b]!++
    n++
  })
  const entropy = (sizes: ArrayLike<number>): number => {
    const all = Array.from(sizes)
    const sum = all.reduce((total, size) => total + size, 0)
    return all.reduce((total, size) => (size === 0 ? total : total - (size / sum) * Math.log(size / sum)), 0)
  }
  const whole = entropy(
    Array.from({ length: second.clusters }, (_, b) => counts.reduce((sum, row) => sum + row[b]!, 0)),
  )
  const left = counts.reduce((sum, row) => {
    const size = row.reduce((total, one) => total + one, 0)
    return size === 0 ? sum : sum + (size / n) * entropy(row)
  }, 0)
  return left <= open * whole
}
