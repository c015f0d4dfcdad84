/** What the window can be told from outside while keys are pressed in it. */

/** What a key press changes, each with a way to read it off the page. */
export type Sight = 'text field' | 'first sample' | 'view' | 'focus' | 'point'

/** Milliseconds of the page's clock. */
export interface Seen {
  /** When the browser got the key. */
  readonly received: number
  /** When the frame with the change was on the screen. */
  readonly painted: number
}

export interface KeyWatch {
  /** Watches for the next change of this sight; ready when it returns. */
  arm(sight: Sight): void
  /** What came of the last `arm`. */
  seen(): Promise<Seen>
  now(): number
}
