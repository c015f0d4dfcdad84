/** Which points lie in a polygon drawn by hand: even-odd rule, exact, quick for hundreds of thousands of points. */

/** Edges are sorted into so many horizontal bands, so that a point meets only the few edges at its height. */
const bands = 256

interface Edges {
  readonly low: number
  readonly high: number
  readonly left: number
  readonly right: number
  /** For each band the indices of the edges that cross it. */
  readonly inBand: readonly (readonly number[])[]
}

function sortEdges(polygon: Float32Array): Edges {
  const corners = polygon.length / 2
  let [low, high, left, right] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let i = 0; i < corners; i++) {
    left = Math.min(left, polygon[2 * i]!)
    right = Math.max(right, polygon[2 * i]!)
    low = Math.min(low, polygon[2 * i + 1]!)
    high = Math.max(high, polygon[2 * i + 1]!)
  }
  const inBand: number[][] = Array.from({ length: bands }, () => [])
  const bandOf = (y: number): number => Math.min(bands - 1, Math.floor(((y - low) / (high - low || 1)) * bands))
  for (let i = 0; i < corners; i++) {
    const y0 = polygon[2 * i + 1]!
    const y1 = polygon[2 * ((i + 1) % corners) + 1]!
    for (let band = bandOf(Math.min(y0, y1)); band <= bandOf(Math.max(y0, y1)); band++) inBand[band]!.push(i)
  }
  return { low, high, left, right, inBand }
}

/**
 * Rows of the points [n, 2] inside the closed polygon [corners, 2], in ascending order. Both in the same units; a polygon
 * of fewer than three corners holds nothing.
 */
export function pointsInPolygon(points: Float32Array, polygon: Float32Array): Int32Array {
  const corners = polygon.length / 2
  if (corners < 3) return new Int32Array(0)
  const { low, high, left, right, inBand } = sortEdges(polygon)
  const perUnit = bands / (high - low || 1)
  const inside = new Int32Array(points.length / 2)
  let found = 0
  for (let row = 0; row < inside.length; row++) {
    const x = points[2 * row]!
    const y = points[2 * row + 1]!
    if (!(x >= left && x <= right && y >= low && y <= high)) continue
    const edges = inBand[Math.min(bands - 1, Math.floor((y - low) * perUnit))]!
    let odd = false
    for (let e = 0; e < edges.length; e++) {
      const i = edges[e]!
      const j = i + 1 === corners ? 0 : i + 1
      const y0 = polygon[2 * i + 1]!
      const y1 = polygon[2 * j + 1]!
      if (y0 > y === y1 > y) continue
      const x0 = polygon[2 * i]!
      if (x < x0 + ((y - y0) / (y1 - y0)) * (polygon[2 * j]! - x0)) odd = !odd
    }
    if (odd) inside[found++] = row
  }
  return inside.slice(0, found)
}
