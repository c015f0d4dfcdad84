import type { Position } from '../../src-shared/graph-picture/geometry.ts'

/** A node put in its place by hand. */
export interface Pin {
  readonly node: number
  readonly position: Position
}
