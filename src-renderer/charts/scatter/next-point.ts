/** Which point lies next in a direction, for the arrow keys, among a hundred thousand. */
import type { Place } from './viewport.ts'

/**
 * Row of the next point from `from`, sideways distance counting double; null: none.
 * @param points [n, 2]
 * @param direction unit vector along an axis
 * @param past points less than so far ahead are passed over
 */
export function nextPoint(points: ArrayLike<number>, from: number, direction: Place, past: number): number | null {
  const [x, y] = [points[2 * from], points[2 * from + 1]]
  if (x === undefined || y === undefined) return null
  let best: number | null = null
  let least = Infinity
  for (let i = 0; 2 * i < points.length; i++) {
    const [dx, dy] = [points[2 * i]! - x, points[2 * i + 1]! - y]
    const ahead = dx * direction.x + dy * direction.y
    // A point without a place is ahead of nothing.
    if (!(ahead >= past)) continue
    const cost = ahead + 2 * Math.abs(dx * direction.y - dy * direction.x)
    if (cost >= least) continue
    least = cost
    best = i
  }
  return best
}
