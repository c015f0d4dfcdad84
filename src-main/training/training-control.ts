/** What the person at the controls wants of a training, asked between two steps. */
export class TrainingControl {
  #wish: 'run' | 'pause' | 'interrupt' = 'run'
  #wake: (() => void) | null = null

  get wish(): 'run' | 'pause' | 'interrupt' {
    return this.#wish
  }

  pause(): void {
    if (this.#wish === 'run') this.#wish = 'pause'
  }

  continue(): void {
    if (this.#wish !== 'pause') return
    this.#wish = 'run'
    this.#wake?.()
  }

  /** Cannot be taken back: the process is on its way out. */
  interrupt(): void {
    this.#wish = 'interrupt'
    this.#wake?.()
  }

  /** Resolves once the wish is no longer to pause. */
  async whilePaused(): Promise<void> {
    if (this.#wish !== 'pause') return
    await new Promise<void>((resolve) => {
      this.#wake = resolve
    })
    this.#wake = null
  }
}
