/** What the instruments draw. Positions are pixels of a square of `side`. */
import { sigmoid } from '../../../src-main/datasets/synthetic/families/shapes.ts'
import type { RandomStream } from '../../../src-shared/random/stream.ts'

export const side = 28

/** 0 or 1 of a level that lies about -1 or 1. */
export const on = (level = 0): number => (level + 1) / 2

export const within = (random: RandomStream, from: number, to: number): number => from + (to - from) * random.uniform()

/** About the middle of the image, [x, y]. */
export const middle = (random: RandomStream, jitter: number): [number, number] => [
  13.5 + within(random, -jitter, jitter),
  13.5 + within(random, -jitter, jitter),
]

type Shape = (x: number, y: number) => number

export const disc =
  (cx: number, cy: number, radius: number): Shape =>
  (x, y) =>
    sigmoid((radius - Math.hypot(x - cx, y - cy)) / 0.6)

export const box =
  (cx: number, cy: number, halfWidth: number, halfHeight: number): Shape =>
  (x, y) =>
    sigmoid((halfWidth - Math.abs(x - cx)) / 0.4) * sigmoid((halfHeight - Math.abs(y - cy)) / 0.4)

export const largestOf =
  (...shapes: readonly Shape[]): Shape =>
  (x, y) =>
    Math.max(...shapes.map((shape) => shape(x, y)))
