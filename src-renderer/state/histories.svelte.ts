/** Epochs of runs, loaded once and continued by events: the live charts and the comparison of runs draw from here. */
import { type ErrorData, toErrorData } from '../../src-shared/errors.ts'
import { on, request } from '../client.ts'
import { type Epoch, joinEpochs } from './epochs.ts'

export type { Epoch } from './epochs.ts'

class RunHistory {
  epochs = $state.raw<readonly Epoch[]>([])
  loading = $state(true)
  error = $state.raw<ErrorData | null>(null)

  async load(run: number): Promise<void> {
    try {
      const { epochs } = await request('run.history', { run, since: 0 })
      // Events that came while the answer was on its way are newer than it.
      const live = this.epochs
      const last = epochs.at(-1)?.epoch ?? -1
      this.epochs = joinEpochs(
        epochs,
        live.filter((epoch) => epoch.epoch > last),
      )
    } catch (error) {
      this.error = toErrorData(error)
    } finally {
      this.loading = false
    }
  }
}

class Histories {
  readonly #byRun = new Map<number, RunHistory>()
  #listening = false

  /** The history of a run, whose fields are reactive; asks for it once. */
  of(run: number): RunHistory {
    this.#listen()
    const known = this.#byRun.get(run)
    if (known !== undefined) return known
    const history = new RunHistory()
    this.#byRun.set(run, history)
    void history.load(run)
    return history
  }

  /** Another project is open. */
  clear(): void {
    this.#byRun.clear()
  }

  #listen(): void {
    if (this.#listening) return
    this.#listening = true
    on('run.epochs', ({ run, epochs }) => {
      const history = this.#byRun.get(run)
      if (history !== undefined) history.epochs = joinEpochs(history.epochs, epochs)
    })
  }
}

export const histories = new Histories()
