/** How numbers are spread. */

const bins = 32

export interface Histogram {
  /** One more than there are bins, ascending. */
  readonly edges: readonly number[]
  readonly counts: readonly number[]
}

/** Evenly spaced bins from the least to the greatest finite value; one bin where all are equal. */
export function histogram(values: ArrayLike<number>): Histogram {
  let low = Infinity
  let high = -Infinity
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (!Number.isFinite(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (low > high) return { edges: [], counts: [] }
  const count = high > low ? bins : 1
  const counts = new Array<number>(count).fill(0)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (!Number.isFinite(value)) continue
    const bin = high > low ? Math.min(count - 1, Math.floor(((value - low) / (high - low)) * count)) : 0
    counts[bin]!++
  }
  return { edges: Array.from({ length: count + 1 }, (_, i) => low + ((high - low) * i) / count), counts }
}

/** The value below which the share q of the sorted values lies. */
export function quantile(sorted: Float32Array | Float64Array, q: number): number {
  const at = q * (sorted.length - 1)
  const below = Math.floor(at)
  return sorted[below]! + (at - below) * (sorted[Math.ceil(at)]! - sorted[below]!)
}
