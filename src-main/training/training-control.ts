import { setImmediate } from 'node:timers/promises'
import type { TrainerEvent } from '../../src-shared/domain/run.ts'

/** Says that it stands still, and does until the person wants otherwise. */
export async function standStill(control: TrainingControl, emit: (event: TrainerEvent) => void): Promise<void> {
  emit({ type: 'paused' })
  await control.whilePaused()
  if (control.wish === 'run') emit({ type: 'resumed' })
}

/** Before there is anything to save. */
export async function standIfAsked(control: TrainingControl, emit: (event: TrainerEvent) => void): Promise<void> {
  // Lets the wish in.
  await setImmediate()
  if (control.wish === 'pause') await standStill(control, emit)
}

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
