/** Where edges run and meet boxes. */
import type { Ends } from '../graph/edge.ts'
import { endGap, endSize } from './look.ts'

export interface Position {
  readonly x: number
  readonly y: number
}

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

/** A quadratic curve with what stands on it. */
export interface EdgeRoute {
  /** Where the edge ends at `from` and at `to`: the tips of its heads. */
  readonly tips: readonly [from: Position, to: Position]
  readonly control: Position
  /** Where the line itself ends: within its heads, at the rim of its circles. */
  readonly line: readonly [from: Position, to: Position]
  /** Centre of the words. */
  readonly middle: Position
}

/** From `from`, `distance` towards `to`. */
export function towards(from: Position, to: Position, distance: number): Position {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
  return { x: from.x + ((to.x - from.x) / length) * distance, y: from.y + ((to.y - from.y) / length) * distance }
}

/** How far the line stays behind the tip: its blunt end would show at the point of a head. */
const drawnBack = { tail: 0, arrow: 0.7, circle: 1 } as const

/** The edge between two of the boxes, past those between them. */
export function edgeRoute(edge: Ends, boxes: readonly Box[], width: number): EdgeRoute | null {
  const [from, to] = [boxes[edge.from], boxes[edge.to]]
  if (from === undefined || to === undefined) return null
  const aside = bow(
    from,
    to,
    boxes.filter((_, node) => node !== edge.from && node !== edge.to),
  )
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
  const control = {
    x: (from.x + to.x) / 2 - ((to.y - from.y) / length) * aside,
    y: (from.y + to.y) / 2 + ((to.x - from.x) / length) * aside,
  }
  const tips = [leaving(from, control, endGap), leaving(to, control, endGap)] as const
  const size = endSize(width)
  return {
    tips,
    control,
    line: [
      towards(tips[0], control, drawnBack[edge.fromMark] * size),
      towards(tips[1], control, drawnBack[edge.toMark] * size),
    ],
    middle: { x: (tips[0].x + tips[1].x) / 4 + control.x / 2, y: (tips[0].y + tips[1].y) / 4 + control.y / 2 },
  }
}
