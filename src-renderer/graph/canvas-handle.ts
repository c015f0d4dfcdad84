/** What a view may ask of the canvas it shows. */
export interface GraphCanvasHandle {
  fitAll(): void
  zoomBy(factor: number): void
  focusNode(node: number): void
}
