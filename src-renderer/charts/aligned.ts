/** Planes that turn as little as possible over time. */

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
