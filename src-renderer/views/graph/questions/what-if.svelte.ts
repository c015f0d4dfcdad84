/** A what-if question of the Graph view, asked again whenever what is set changes. */
import type { Effect } from '../../../../src-shared/contract/what-if.ts'
import { type ErrorData, toErrorData } from '../../../../src-shared/errors.ts'
import type { Setting } from '../../../../src-shared/graph-questions/called.ts'
import { request } from '../../../client.ts'
import { loadValues, type ModalityValues } from '../../../state/sample-values.ts'
import { tasks } from '../../../state/tasks.svelte.ts'

export const worlds = ['before', 'seen', 'set'] as const
export type World = (typeof worlds)[number]
type Pictures = Readonly<Record<World, readonly ModalityValues[]>>

const none: Pictures = { before: [], seen: [], set: [] }

export class WhatIf {
  readonly run: number
  settings = $state.raw<readonly Setting[]>([])
  effect = $state.raw<Effect | null>(null)
  pictures = $state.raw<Pictures>(none)
  error = $state.raw<ErrorData | null>(null)
  /** Name of the task at work. */
  asking = $state<string | null>(null)
  #seed = 0
  #turn = 0

  constructor(run: number) {
    this.run = run
  }

  /** @param count draws of each kind */
  async ask(settings: readonly Setting[], count: number): Promise<void> {
    this.settings = settings
    const mine = ++this.#turn
    this.error = null
    if (settings.length === 0) {
      this.effect = null
      return
    }
    try {
      const answer = await tasks.run(
        'Asking the model',
        (task) => {
          this.asking = task
          const set = settings.map((one) => ({ ...one }))
          return request('intervene.effect', { run: this.run, settings: set, count, seed: this.#seed, task })
        },
        { inView: true },
      )
      const [before, seen, set] = await Promise.all([answer.before, answer.seen, answer.set].map(loadValues))
      if (mine !== this.#turn) return
      this.effect = answer.effect
      this.pictures = { before: before!, seen: seen!, set: set! }
    } catch (thrown) {
      if (mine === this.#turn) this.error = toErrorData(thrown)
    } finally {
      if (mine === this.#turn) this.asking = null
    }
  }

  async drawAgain(count: number): Promise<void> {
    this.#seed++
    await this.ask(this.settings, count)
  }
}
