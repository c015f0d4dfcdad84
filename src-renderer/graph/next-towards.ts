/** Which node lies next in a direction, for the arrow keys. */
import type { Position } from '../../src-shared/graph-picture/geometry.ts'

/** Directions by the key that goes there. */
export const arrows: Readonly<Record<string, Position>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

/** Index of the next place from `from` in a direction (unit vector), sideways distance counting double; null: none. */
export function nextTowards(places: readonly Position[], from: number, direction: Position): number | null {
  const start = places[from]
  if (start === undefined) return null
  let best: number | null = null
  let least = Infinity
  places.forEach((place, i) => {
    const [dx, dy] = [place.x - start.x, place.y - start.y]
    const ahead = dx * direction.x + dy * direction.y
    const aside = Math.abs(dx * direction.y - dy * direction.x)
    if (i === from || ahead <= 1 || ahead + 2 * aside >= least) return
    least = ahead + 2 * aside
    best = i
  })
  return best
}
