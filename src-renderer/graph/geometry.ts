/** Where edges meet boxes, and which node lies next in a direction. */
import type { Position } from './picture.ts'

export interface Box extends Position {
  /** x and y are its middle. */
  readonly width: number
  readonly height: number
}

/** Where the line from the box's middle towards `to` leaves the box, `gap` outside its edge. */
export function leaving(box: Box, to: Position, gap = 0): Position {
  const dx = to.x - box.x
  const dy = to.y - box.y
  const length = Math.hypot(dx, dy)
  if (length === 0) return { x: box.x, y: box.y }
  const across = dx === 0 ? Infinity : box.width / 2 / Math.abs(dx)
  const up = dy === 0 ? Infinity : box.height / 2 / Math.abs(dy)
  const share = Math.min(across, up, 1) + gap / length
  return { x: box.x + dx * share, y: box.y + dy * share }
}

/** Whether the segment passes through the box. */
export function crosses(from: Position, to: Position, box: Box): boolean {
  let [enter, leave] = [0, 1]
  for (const [start, delta, low, high] of [
    [from.x, to.x - from.x, box.x - box.width / 2, box.x + box.width / 2],
    [from.y, to.y - from.y, box.y - box.height / 2, box.y + box.height / 2],
  ] as const) {
    if (delta === 0) {
      if (start < low || start > high) return false
      continue
    }
    const [a, b] = [(low - start) / delta, (high - start) / delta]
    enter = Math.max(enter, Math.min(a, b))
    leave = Math.min(leave, Math.max(a, b))
  }
  return enter < leave
}

/** How far an edge must bow to its side so that it passes the boxes between its ends; 0: it may run straight. */
export function bow(from: Box, to: Box, others: readonly Box[]): number {
  const between = others.filter((box) => crosses(from, to, box))
  if (between.length === 0) return 0
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
  const normal = { x: -(to.y - from.y) / length, y: (to.x - from.x) / length }
  const aside = (box: Box): number => (box.x - from.x) * normal.x + (box.y - from.y) * normal.y
  const reach = (box: Box): number => (box.width / 2) * Math.abs(normal.x) + (box.height / 2) * Math.abs(normal.y) + 16
  const right = Math.max(...between.map((box) => aside(box) + reach(box)))
  const left = Math.min(...between.map((box) => aside(box) - reach(box)))
  // A quadratic curve passes its control point at half the distance.
  return 2 * (Math.abs(left) < right ? left : right)
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
