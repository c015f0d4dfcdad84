/** The plane in which a cloud of points spreads most: its two principal directions. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix'

export interface PrincipalPlane {
  /** [n, 2] */
  readonly points: Float32Array
  /** Share of the variance along each direction. */
  readonly explained: readonly [number, number]
}

/** Principal component analysis of points [n, d]; with d = 1 the second coordinate is 0. */
export function principalPlane(points: Float32Array, d: number): PrincipalPlane {
  const n = d === 0 ? 0 : points.length / d
  const out = new Float32Array(n * 2)
  if (n === 0) return { points: out, explained: [0, 0] }
  const mean = new Float64Array(d)
  for (let i = 0; i < points.length; i++) mean[i % d]! += points[i]! / n
  const covariance = Matrix.zeros(d, d)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < d; j++) {
      const x = points[i * d + j]! - mean[j]!
      for (let k = j; k < d; k++) {
        const sum = covariance.get(j, k) + (x * (points[i * d + k]! - mean[k]!)) / n
        covariance.set(j, k, sum).set(k, j, sum)
      }
    }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, { assumeSymmetric: true })
  const order = Array.from(realEigenvalues.keys()).sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!)
  for (const [axis, column] of order.slice(0, 2).entries()) {
    const direction = eigenvectorMatrix.getColumn(column)
    // An eigenvector's sign is free: the same data must always give the same picture.
    const strongest = direction.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0)
    const sign = strongest < 0 ? -1 : 1
    for (let i = 0; i < n; i++) {
      let sum = 0
      for (let k = 0; k < d; k++) sum += (points[i * d + k]! - mean[k]!) * direction[k]!
      out[i * 2 + axis] = sign * sum
    }
  }
  const variances = order.map((column) => Math.max(0, realEigenvalues[column]!))
  const total = variances.reduce((sum, value) => sum + value, 0)
  const share = (axis: number): number => (total > 0 ? (variances[axis] ?? 0) / total : 0)
  return { points: out, explained: [share(0), share(1)] }
}
