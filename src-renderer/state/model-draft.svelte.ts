/**
 * The run that the Model view prepares: kept while other views are shown, checked by the host after every change, begun
 * anew when another data set is chosen.
 */
import * as v from 'valibot'
import type { ConfigProblem, Estimate } from '../../src-shared/contract/models.ts'
import { config as configShape } from '../../src-shared/contract/models.ts'
import { type ErrorData, toErrorData } from '../../src-shared/errors.ts'
import { methodIds, settingsOf } from '../../src-shared/methods/available.ts'
import type { Method } from '../../src-shared/methods/list.ts'
import type { MethodConfig } from '../../src-shared/methods/method.ts'
import { request } from '../client.ts'
import { beside } from '../words/setting-words.ts'
import { valueAt, withValueAt } from './config-path.ts'
import { session } from './session.svelte.ts'

const checkAfterMs = 80
/** Chosen until the person takes another. */
const methodFirst = methodIds[0]!

/** A seed that differs from run to run, short enough to be told by word of mouth. */
function newSeed(): number {
  return Math.floor(Math.random() * 1e8)
}

class ModelDraft {
  dataset = $state<number | null>(null)
  method = $state<Method>(methodFirst)
  /** What is filled in; it may be wrong, then `problems` says how. */
  config = $state.raw<MethodConfig | null>(null)
  seed = $state(newSeed())
  name = $state('')
  /** Trainings that are started, one after the other, each with the next seed. */
  trainings = $state(1)
  problems = $state.raw<readonly ConfigProblem[]>([])
  estimate = $state.raw<Estimate | null>(null)
  /** What to know before the run starts. */
  notes = $state.raw<readonly string[]>([])
  /** What hardly ever works: asked about before the run starts. */
  doubts = $state.raw<readonly string[]>([])
  /** True while an answer about the newest change is awaited. */
  checking = $state(false)
  error = $state.raw<ErrorData | null>(null)
  /** Name of the run that it was copied from; empty: from the defaults. */
  origin = $state('')
  #project: string | null = null
  #asked = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  readonly ready = $derived(this.config !== null && this.problems.length === 0 && !this.checking && this.error === null)

  /** Begins with the defaults for a data set, unless its draft is there already. */
  async begin(dataset: number): Promise<void> {
    const project = session.project?.path ?? null
    if (this.dataset === dataset && this.#project === project && this.config !== null) {
      this.check()
      return
    }
    this.#project = project
    await this.reset(dataset)
  }

  async reset(dataset: number): Promise<void> {
    try {
      this.dataset = dataset
      this.origin = ''
      this.name = ''
      const { config } = await request('model.defaults', { dataset, method: this.method })
      this.#take(config)
    } catch (thrown) {
      this.error = toErrorData(thrown)
    }
  }

  /** Another method, with its own defaults for the same data. */
  async choose(method: Method): Promise<void> {
    if (this.dataset === null) return
    this.method = method
    this.config = null
    await this.reset(this.dataset)
  }

  /** What a run was started with, to change and start again: with another seed, or it would be the same run. */
  async copy(run: number): Promise<void> {
    const copied = await request('run.duplicate', { run })
    this.#project = session.project?.path ?? null
    this.dataset = copied.dataset
    this.method = copied.method
    this.seed = newSeed()
    this.name = copied.name
    this.origin = session.run(run)?.name ?? ''
    this.#take(copied.config)
  }

  value(path: string): unknown {
    return valueAt(this.config, path)
  }

  number(path: string): number {
    const value = this.value(path)
    return typeof value === 'number' ? value : NaN
  }

  set(path: string, value: unknown): void {
    if (this.config === null) return
    // The host says what is wrong with a value; here it only has to keep its place.
    this.config = withValueAt(this.config, path, value) as MethodConfig
    this.check()
  }

  problemAt(path: string): string {
    const problem = this.problems.find(({ field }) => field === path)
    return problem === undefined ? '' : [beside(problem.message), problem.hint].filter((text) => text !== '').join(' ')
  }

  newSeed(): void {
    this.seed = newSeed()
  }

  /** Asks the host about the draft once the person pauses; only the newest answer counts. */
  check(): void {
    clearTimeout(this.#timer)
    this.checking = true
    const asked = ++this.#asked
    this.#timer = setTimeout(() => void this.#check(asked), checkAfterMs)
  }

  /** Starts the trainings; answers the first. */
  async start(): Promise<number> {
    const { dataset, method, trainings, seed } = this
    if (dataset === null || this.config === null) throw new Error('there is no draft')
    const { engine, threads } = session.settings
    const config = v.parse(configShape, this.config)
    const name = this.name.trim() || null
    const { run } = await request('run.start', { dataset, method, config, seed, engine, threads, name, trainings })
    this.name = ''
    this.origin = ''
    this.trainings = 1
    return run.id
  }

  #take(config: unknown): void {
    this.config = v.parse(settingsOf(this.method).config, config)
    this.error = null
    this.check()
  }

  async #check(asked: number): Promise<void> {
    const { dataset, method, config } = this
    if (dataset === null || config === null) return
    try {
      const { engine, threads } = session.settings
      const answer = await request('model.check', {
        dataset,
        method,
        config: v.parse(configShape, config),
        engine,
        threads,
      })
      if (asked !== this.#asked) return
      this.problems = answer.problems
      this.notes = answer.notes
      this.doubts = answer.doubts
      this.estimate = answer.estimate ?? (answer.problems.length > 0 ? null : this.estimate)
      this.error = null
    } catch (thrown) {
      if (asked === this.#asked) this.error = toErrorData(thrown)
    } finally {
      if (asked === this.#asked) this.checking = false
    }
  }
}

export const draft = new ModelDraft()
