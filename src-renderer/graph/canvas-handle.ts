import type { Box } from './geometry.ts'

/** What a view may ask of the canvas it shows. */
export interface GraphCanvasHandle {
  fitAll(): void
  zoomBy(factor: number): void
  /** The boxes as they stand now, for a picture to export. */
  standing(): readonly Box[]
  focusNode(node: number): void
}
