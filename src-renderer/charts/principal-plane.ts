/** The plane in which points of many dimensions spread the most, and planes that turn as little as possible over time. */

interface Plane {
  /** [n, 2] */
  readonly points: Float32Array
  /** Share of the variance along each direction. */
  readonly explained: readonly [number, number]
}

/** Eigenvectors of a symmetric matrix [d][d] by Jacobi rotations, largest eigenvalue first. */
function eigenvectors(symmetric: readonly (readonly number[])[]): { value: number; vector: number[] }[] {
  const d = symmetric.length
  const a = symmetric.map((row) => [...row])
  const vectors: number[][] = a.map((_, i) => a.map((__, j) => (i === j ? 1 : 0)))
  for (let sweep = 0; sweep < 50; sweep++) {
    let off = 0
    for (let p = 0; p < d; p++)
      for (let q = p + 1; q < d; q++) {
        const apq = a[p]![q]!
        off += apq * apq
        if (Math.abs(apq) < 1e-14) continue
        const theta = (a[q]![q]! - a[p]![p]!) / (2 * apq)
        const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
        const c = 1 / Math.sqrt(t * t + 1)
        const s = t * c
        for (let k = 0; k < d; k++) {
          const [akp, akq] = [a[k]![p]!, a[k]![q]!]
          a[k]![p] = c * akp - s * akq
          a[k]![q] = s * akp + c * akq
        }
        for (let k = 0; k < d; k++) {
          const [apk, aqk] = [a[p]![k]!, a[q]![k]!]
          a[p]![k] = c * apk - s * aqk
          a[q]![k] = s * apk + c * aqk
          const [vkp, vkq] = [vectors[k]![p]!, vectors[k]![q]!]
          vectors[k]![p] = c * vkp - s * vkq
          vectors[k]![q] = s * vkp + c * vkq
        }
      }
    if (off < 1e-20) break
  }
  return a.map((row, i) => ({ value: row[i]!, vector: vectors.map((v) => v[i]!) })).sort((x, y) => y.value - x.value)
}

/** Two principal directions of `values`, [n, d] row-major; with d < 2 the missing direction is 0. */
export function principalPlane(values: Float32Array, d: number): Plane {
  const n = d === 0 ? 0 : values.length / d
  const mean = Array.from({ length: d }, (_, j) => {
    let sum = 0
    for (let i = 0; i < n; i++) sum += values[i * d + j]!
    return n === 0 ? 0 : sum / n
  })
  const covariance = Array.from({ length: d }, () => new Array<number>(d).fill(0))
  for (let i = 0; i < n; i++)
    for (let j = 0; j < d; j++)
      for (let k = 0; k < d; k++)
        covariance[j]![k]! += ((values[i * d + j]! - mean[j]!) * (values[i * d + k]! - mean[k]!)) / n
  const [first, second] = eigenvectors(covariance)
  const points = new Float32Array(2 * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < d; j++) {
      const value = values[i * d + j]! - mean[j]!
      points[2 * i]! += value * (first?.vector[j] ?? 0)
      points[2 * i + 1]! += value * (second?.vector[j] ?? 0)
    }
  const total = covariance.reduce((sum, row, j) => sum + row[j]!, 0) || 1
  return { points, explained: [(first?.value ?? 0) / total, (second?.value ?? 0) / total] }
}

/**
 * The points [n, 2] turned (or mirrored) about the origin so that they lie as near as possible to where the same points
 * lay before: orthogonal Procrustes in the plane.
 */
export function alignedTo(before: Float32Array, points: Float32Array): Float32Array {
  if (before.length !== points.length) return points
  let [xx, xy, yx, yy] = [0, 0, 0, 0]
  for (let i = 0; i < points.length; i += 2) {
    xx += points[i]! * before[i]!
    xy += points[i]! * before[i + 1]!
    yx += points[i + 1]! * before[i]!
    yy += points[i + 1]! * before[i + 1]!
  }
  // Best rotation keeps (xx + yy, xy - yx), best reflection (xx - yy, xy + yx); the longer one fits better.
  const turn = [xx + yy, xy - yx] as const
  const flip = [xx - yy, xy + yx] as const
  const mirrored = Math.hypot(...flip) > Math.hypot(...turn)
  const [a, b] = mirrored ? flip : turn
  const length = Math.hypot(a, b)
  if (length === 0) return points
  const [c, s] = [a / length, b / length]
  const out = new Float32Array(points.length)
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i]!
    const y = mirrored ? -points[i + 1]! : points[i + 1]!
    out[i] = c * x - s * y
    out[i + 1] = s * x + c * y
  }
  return out
}
