/** How a person wants a graph to stand. */
import type { Position } from './geometry.ts'

export const layoutNames = ['layered', 'force', 'circle'] as const
export type LayoutName = (typeof layoutNames)[number]

export interface Placement {
  readonly layout: LayoutName
  /** Pinned places by node; null where the layout decides. */
  readonly positions: readonly (Position | null)[]
}

export const unplaced: Placement = { layout: 'layered', positions: [] }
