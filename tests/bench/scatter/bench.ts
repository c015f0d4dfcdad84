/** What the bench's page can be told from outside. */
export interface Selection {
  /** When the button was let go and when the next frame was painted, milliseconds of the page's clock. */
  readonly released: number
  readonly painted: number
  readonly rows: number
}

export interface ScatterBench {
  /** Moves the picture in every frame; milliseconds from each frame to the next. */
  move(kind: 'pan' | 'zoom', frames: number): Promise<number[]>
  /** Milliseconds that finding the points within a ring of so many corners takes, several times. */
  lasso(corners: number, times: number): number[]
  /** The last selection made with the pointer. */
  selection: Selection | null
}
