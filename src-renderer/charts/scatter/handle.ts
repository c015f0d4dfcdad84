/** What a view may ask of the scatter it shows. */
export interface ScatterHandle {
  fitAll(): void
  zoomBy(factor: number): void
}
