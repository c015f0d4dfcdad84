/** The comparison of nodes and categories for the draft's data: it goes on while the dialog is closed. */
import * as v from 'valibot'
import type { ResponseOf } from '../../../src-shared/contract.ts'
import { config as configShape } from '../../../src-shared/contract/models.ts'
import { defaultNodesCompared } from '../../../src-shared/domain/suggestion.ts'
import { type ErrorData, toErrorData } from '../../../src-shared/errors.ts'
import { request } from '../../client.ts'
import { draft } from '../../state/model-draft.svelte.ts'
import { session } from '../../state/session.svelte.ts'
import { tasks } from '../../state/tasks.svelte.ts'

type Answer = ResponseOf<'model.suggest'>

/** What the answer depends on: another project, data set or choice of modalities has another. */
function keyOfDraft(): string {
  return JSON.stringify([session.project?.path, draft.dataset, draft.config?.modalities])
}

class Suggesting {
  mostNodes = $state(defaultNodesCompared)
  /** Seconds that it will take, null until they are told. */
  seconds = $state<number | null>(null)
  /** Name of the work going on, null while there is none. */
  task = $state<string | null>(null)
  error = $state.raw<ErrorData | null>(null)
  #answer = $state.raw<{ readonly key: string; readonly answer: Answer } | null>(null)
  /** Of the draft's data and modalities; null until they are compared. */
  readonly answer = $derived(this.#answer?.key === keyOfDraft() ? this.#answer.answer : null)
  readonly progress = $derived(this.task === null ? null : tasks.find(this.task))

  #asked() {
    const { engine, threads } = session.settings
    const { dataset, method, config } = draft
    if (dataset === null || config === null) throw new Error('there is no draft')
    // Whatever is set of nodes, and may be wrong, does not matter here.
    const given = Object.entries(v.parse(configShape, config)).filter(([key]) => key !== 'nodes' && key !== 'experts')
    return { dataset, method, config: Object.fromEntries(given), engine, threads, mostNodes: this.mostNodes }
  }

  async estimate(): Promise<void> {
    this.seconds = null
    try {
      this.seconds = (await request('model.suggestTime', this.#asked())).seconds
    } catch (thrown) {
      this.error = toErrorData(thrown)
    }
  }

  async start(): Promise<void> {
    this.error = null
    const key = keyOfDraft()
    const asked = { ...this.#asked(), seed: draft.seed }
    try {
      const answer = await tasks.run('Comparing nodes and categories', (task) => {
        this.task = task
        return request('model.suggest', { ...asked, task })
      })
      this.#answer = { key, answer }
    } catch (thrown) {
      const error = toErrorData(thrown)
      if (error.code !== 'interrupted') this.error = error
    } finally {
      this.task = null
    }
  }

  cancel(): void {
    if (this.task !== null) tasks.cancel(this.task)
  }
}

export const suggesting = new Suggesting()
