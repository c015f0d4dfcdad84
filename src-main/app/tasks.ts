/** Long work that the page has named: its progress goes to the page, and the page can cancel it. */
import type { AnyEvent } from '../../src-shared/contract.ts'
import { CausalscopeError, refused } from '../../src-shared/errors.ts'

export interface Task {
  /** Aborted when the person cancels. */
  readonly signal: AbortSignal
  /** @param fraction 0 to 1, null while it cannot be told */
  readonly report: (label: string, fraction: number | null, detail?: string) => void
}

export class Tasks {
  readonly #push: (event: AnyEvent) => void
  readonly #running = new Map<string, AbortController>()

  constructor(push: (event: AnyEvent) => void) {
    this.#push = push
  }

  /** Does the work under the page's name for it; once cancelled, ends with an error of code `interrupted`. */
  async run<T>(name: string, work: (task: Task) => Promise<T>): Promise<T> {
    if (this.#running.has(name)) throw refused('This work is going on already.')
    const controller = new AbortController()
    this.#running.set(name, controller)
    try {
      return await work({
        signal: controller.signal,
        report: (label, fraction, detail = '') => {
          const bounded = fraction === null || !Number.isFinite(fraction) ? null : Math.min(1, Math.max(0, fraction))
          this.#push({ name: 'task.progress', payload: { task: name, label, fraction: bounded, detail } })
        },
      })
    } catch (error) {
      if (controller.signal.aborted)
        throw new CausalscopeError(
          { code: 'interrupted', message: 'Cancelled.', hint: '', details: {} },
          { cause: error },
        )
      throw error
    } finally {
      this.#running.delete(name)
    }
  }

  /** False when no such work is going on. */
  cancel(name: string): boolean {
    const controller = this.#running.get(name)
    controller?.abort()
    return controller !== undefined
  }

  cancelAll(): void {
    for (const controller of this.#running.values()) controller.abort()
  }
}
