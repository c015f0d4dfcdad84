/** How far samples are from those that a model has learnt from: in the representation, and in the measurements themselves. */
import type { BatchArrays } from './batch.ts'

/** Share of the held-out samples that lie within 1. */
const within = 0.99

/** Distance of each row to the nearest of the reference's rows, [rows]; `width` numbers a row. */
export function nearestDistances(rows: Float32Array, reference: Float32Array, width: number): Float64Array {
  return Float64Array.from({ length: rows.length / width }, (_, i) => {
    let best = Infinity
    for (let j = 0; j < reference.length; j += width) {
      let sum = 0
      for (let k = 0; k < width && sum < best; k++) sum += (rows[i * width + k]! - reference[j + k]!) ** 2
      best = Math.min(best, sum)
    }
    return Math.sqrt(best)
  })
}

/** Root mean square of each row's standardised values, [rows] a modality; NaN where it is absent. */
export function extents({ rows, x, mask }: BatchArrays): Float64Array[] {
  return x.map((values, m) => {
    const width = values.length / rows
    return Float64Array.from({ length: rows }, (_, i) => {
      if (mask !== null && mask[i * x.length + m] !== 1) return NaN
      let sum = 0
      for (let k = 0; k < width; k++) sum += values[i * width + k]! ** 2
      return Math.sqrt(sum / width)
    })
  })
}

/** The largest of each row's figures in units of where 99 % of the held-out ones lie, [rows]; NaN without held-out ones. */
export function unlikeness(figures: readonly Float64Array[], heldOut: readonly Float64Array[]): Float32Array {
  const limits = heldOut.map((values) => {
    const known = values.filter((value) => !Number.isNaN(value)).sort()
    return known.length === 0 ? NaN : known[Math.min(known.length - 1, Math.floor(within * known.length))]!
  })
  return Float32Array.from({ length: figures[0]!.length }, (_, row) =>
    figures.reduce((most, values, f) => {
      const ratio = values[row]! / limits[f]!
      if (Number.isNaN(ratio)) return most
      return Number.isNaN(most) ? ratio : Math.max(most, ratio)
    }, NaN),
  )
}
