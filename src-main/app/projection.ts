/** The plane in which a cloud of points spreads most: its two principal directions. */

/** Eigenvectors of a symmetric matrix [d, d] by Jacobi rotations, largest eigenvalue first. */
function eigenvectors(matrix: Float64Array, d: number): { values: number[]; vectors: Float64Array[] } {
  const a = matrix.slice()
  const v = Float64Array.from({ length: d * d }, (_, i) => (i % (d + 1) === 0 ? 1 : 0))
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0
    for (let p = 0; p < d; p++) for (let q = p + 1; q < d; q++) off += a[p * d + q]! ** 2
    if (off < 1e-22) break
    for (let p = 0; p < d; p++)
      for (let q = p + 1; q < d; q++) {
        if (Math.abs(a[p * d + q]!) < 1e-300) continue
        const theta = (a[q * d + q]! - a[p * d + p]!) / (2 * a[p * d + q]!)
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
        const cos = 1 / Math.sqrt(t * t + 1)
        const sin = t * cos
        for (let k = 0; k < d; k++) {
          const [kp, kq] = [a[k * d + p]!, a[k * d + q]!]
          a[k * d + p] = cos * kp - sin * kq
          a[k * d + q] = sin * kp + cos * kq
        }
        for (let k = 0; k < d; k++) {
          const [pk, qk] = [a[p * d + k]!, a[q * d + k]!]
          a[p * d + k] = cos * pk - sin * qk
          a[q * d + k] = sin * pk + cos * qk
          const [vp, vq] = [v[k * d + p]!, v[k * d + q]!]
          v[k * d + p] = cos * vp - sin * vq
          v[k * d + q] = sin * vp + cos * vq
        }
      }
  }
  const order = Array.from({ length: d }, (_, i) => i).sort((i, j) => a[j * d + j]! - a[i * d + i]!)
  return {
    values: order.map((i) => Math.max(0, a[i * d + i]!)),
    vectors: order.map((i) => Float64Array.from({ length: d }, (_, k) => v[k * d + i]!)),
  }
}

export interface Projection {
  /** [n, 2] */
  readonly points: Float32Array
  /** Share of the variance along each direction. */
  readonly explained: readonly [number, number]
}

/** Principal component analysis of points [n, d]; with d = 1 the second coordinate is 0. */
export function principalPlane(points: Float32Array, d: number): Projection {
  const n = d === 0 ? 0 : points.length / d
  const mean = new Float64Array(d)
  for (let i = 0; i < points.length; i++) mean[i % d]! += points[i]! / n
  const covariance = new Float64Array(d * d)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < d; j++) {
      const x = points[i * d + j]! - mean[j]!
      for (let k = j; k < d; k++) covariance[j * d + k]! += (x * (points[i * d + k]! - mean[k]!)) / n
    }
  for (let j = 0; j < d; j++) for (let k = 0; k < j; k++) covariance[j * d + k] = covariance[k * d + j]!
  const { values, vectors } = eigenvectors(covariance, d)
  const out = new Float32Array(n * 2)
  for (const axis of [0, 1]) {
    const direction = vectors[axis]
    if (direction === undefined) continue
    // An eigenvector's sign is free: the same data must always give the same picture.
    const strongest = direction.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0)
    const sign = strongest < 0 ? -1 : 1
    for (let i = 0; i < n; i++) {
      let sum = 0
      for (let k = 0; k < d; k++) sum += (points[i * d + k]! - mean[k]!) * direction[k]!
      out[i * 2 + axis] = sign * sum
    }
  }
  const total = values.reduce((sum, value) => sum + value, 0)
  const share = (axis: number): number => (total > 0 ? (values[axis] ?? 0) / total : 0)
  return { points: out, explained: [share(0), share(1)] }
}
