/** What draws the points: WebGL 2 where there is a context, else pixels written by hand. Both take the same pictures. */
import type { Size, Viewport } from './viewport.ts'

/** One colour a point, 0xAABBGGRR as a little-endian machine stores [r, g, b, a]. */
export type PointColours = Uint32Array

export interface PointPicture {
  readonly view: Viewport
  /** CSS pixels. */
  readonly size: Size
  /** Device pixels for one CSS pixel. */
  readonly ratio: number
  /** Diameter of a point, CSS pixels. */
  readonly diameter: number
}

export interface PointRenderer {
  readonly kind: 'webgl' | 'canvas'
  /** False once the browser took the context away. */
  readonly usable: boolean
  /** @param points [n, 2] */
  setPoints(points: Float32Array): void
  setColours(colours: PointColours): void
  /** Points with 1 are drawn over those with 0, [n]. */
  setFront(front: Uint8Array): void
  draw(picture: PointPicture): void
  dispose(): void
}

/** Diameter that keeps many points apart and few visible, CSS pixels. */
export function diameterFor(points: number): number {
  if (points > 50_000) return 3
  if (points > 10_000) return 4
  return points > 2000 ? 5 : 7
}
