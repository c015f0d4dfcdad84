/** What identification rests on, measured (partial-causal.md section 6): that outputs are uniform. */
import type { Geometry } from './loss-form.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'

/** Pairs of samples that uniformity is measured on, at most. */
const mostRows = 1000

/**
 * How far outputs [n, l] are from uniform. On the sphere: mean of exp(-2 |u - v|^2) over pairs (Wang & Isola 2020, without
 * the logarithm). In the box: the largest Kolmogorov distance of a coordinate, each over its own range.
 */
function departure(values: Float64Array, latent: number, geometry: Geometry): number {
  const n = values.length / latent
  if (geometry === 'box') {
    let largest = 0
    for (let k = 0; k < latent; k++) {
      const sorted = Float64Array.from({ length: n }, (_, i) => values[i * latent + k]!).sort()
      const [low, high] = [sorted[0]!, sorted[n - 1]!]
      sorted.forEach((value, i) => {
        const expected = high > low ? (value - low) / (high - low) : 1
        largest = Math.max(largest, Math.abs((i + 0.5) / n - expected))
      })
    }
    return largest
  }
  let sum = 0
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      let inner = 0
      for (let k = 0; k < latent; k++) inner += values[i * latent + k]! * values[j * latent + k]!
      sum += Math.exp(4 * (inner - 1))
    }
  return (2 * sum) / (n * (n - 1))
}

export interface Uniformity {
  readonly measured: number
  /** Of as many uniform draws. */
  readonly byChance: number
}

/** @param values outputs, [n, l], two rows or more */
export function uniformity(values: Float64Array, latent: number, geometry: Geometry): Uniformity {
  const n = values.length / latent
  const step = Math.max(1, Math.floor(n / mostRows))
  const rows = Math.min(mostRows, Math.floor(n / step))
  const some = new Float64Array(rows * latent)
  for (let i = 0; i < rows; i++) some.set(values.subarray(i * step * latent, (i * step + 1) * latent), i * latent)
  const random = RandomStream.of(rows, 'uniform')
  const uniform = Float64Array.from({ length: rows * latent }, () =>
    geometry === 'box' ? random.uniform() : random.normal(),
  )
  if (geometry === 'sphere')
    for (let i = 0; i < rows; i++) {
      const row = uniform.subarray(i * latent, (i + 1) * latent)
      const length = Math.hypot(...row)
      row.forEach((value, k) => (row[k] = value / length))
    }
  return { measured: departure(some, latent, geometry), byChance: departure(uniform, latent, geometry) }
}
