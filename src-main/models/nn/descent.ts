/**
 * How the parameters of a model move: Adam on this thread, or on several with the same state to keep and restore. A run
 * may go on with another number of threads; its numbers then differ in the last digits.
 */
import * as tf from '@tensorflow/tfjs-core'
import { DataParallel } from '../../compute/data-parallel/data-parallel.ts'
import type { Moments, PartGradients, Replica } from '../../compute/data-parallel/replica.ts'
import { attended, type Breathe, breathless } from '../../statistics/piecewise.ts'
import { Adam } from './adam.ts'
import type { Parameters, StoredArray } from './parameters.ts'

/** Adam's state: steps of each parameter, and its running means as `first/<name>` and `second/<name>`. */
export interface DescentState {
  readonly steps: Readonly<Record<string, number>>
  readonly arrays: Readonly<Record<string, StoredArray>>
}

/** What descends: how a model answers a batch on one thread, and how several share it. */
export interface Descending<Batch, Part> {
  readonly parameters: Parameters
  /** Gradients and terms of a whole batch, on this thread alone; the caller disposes them. */
  readonly gradients: (batch: Batch) => PartGradients
  /** Which parameters a batch moves; the others have no gradient. */
  readonly isMoved: (parameter: string, batch: Batch) => boolean
  /** The model as one of several threads, the module that makes the others', and what they make theirs from. */
  readonly replica: Replica<Part>
  readonly url: URL
  readonly init: unknown
  /** The batch in at most so many parts, each with its share of the rows. */
  readonly cut: (batch: Batch, threads: number) => { readonly part: Part; readonly share: number }[]
  /** Most numbers that threads combine at once, where they are more than a few. */
  readonly combined?: number
}

export interface Descent<Batch> {
  /** One step on a batch; `rateOf` gives each parameter's learning rate. Returns the terms' batch means, the caller's. */
  step(batch: Batch, rateOf: (parameter: string) => number): Promise<tf.Tensor1D>
  /** To be called after anything but `step` has written to the model's parameters. */
  parametersChanged(): void
  /** Forgets Adam's state of the parameters whose name starts with `prefix`. */
  forget(prefix: string): void
  read(): Promise<DescentState>
  write(state: DescentState): void
  dispose(): void
}

/** @param breathe awaited while threads are started */
export function openDescent<Batch, Part>(
  model: Descending<Batch, Part>,
  threads: number,
  breathe: Breathe = breathless,
): Descent<Batch> {
  return threads === 1 ? new LocalDescent(model) : new SharedDescent(model, threads, breathe)
}

class LocalDescent<Batch, Part> implements Descent<Batch> {
  readonly #model: Descending<Batch, Part>
  readonly #adam = new Adam()

  constructor(model: Descending<Batch, Part>) {
    this.#model = model
  }

  step(batch: Batch, rateOf: (parameter: string) => number): Promise<tf.Tensor1D> {
    const { gradients, terms } = this.#model.gradients(batch)
    for (const [name, gradient] of Object.entries(gradients)) {
      this.#adam.update(name, this.#model.parameters.get(name), gradient, rateOf(name))
      gradient.dispose()
    }
    return Promise.resolve(terms)
  }

  parametersChanged(): void {
    // The model's parameters are the only ones.
  }

  forget(prefix: string): void {
    this.#adam.forget(prefix)
  }

  read(): Promise<DescentState> {
    return this.#adam.read()
  }

  write({ steps, arrays }: DescentState): void {
    this.#adam.write(steps, arrays)
  }

  dispose(): void {
    this.#adam.dispose()
  }
}

class SharedDescent<Batch, Part> implements Descent<Batch> {
  readonly #model: Descending<Batch, Part>
  readonly #threads: number
  readonly #breathe: Breathe
  /** Of the parameters that have moved. */
  readonly #steps = new Map<string, number>()
  /** Opened by the first step: workers take their time to start. From then on the threads hold Adam's means. */
  #parallel: DataParallel<Part> | null = null
  /** Adam's means by parameter, as long as there are no threads to hold them. */
  readonly #waiting = new Map<string, Moments>()

  constructor(model: Descending<Batch, Part>, threads: number, breathe: Breathe) {
    this.#model = model
    this.#threads = threads
    this.#breathe = breathe
  }

  async step(batch: Batch, rateOf: (parameter: string) => number): Promise<tf.Tensor1D> {
    const parallel = (this.#parallel ??= await this.#open())
    const updates = new Map(
      this.#model.parameters.entries().flatMap(([name]) => {
        if (!this.#model.isMoved(name, batch)) return []
        const step = (this.#steps.get(name) ?? 0) + 1
        this.#steps.set(name, step)
        return [[name, { learningRate: rateOf(name), step }] as const]
      }),
    )
    const pieces = this.#model.cut(batch, this.#threads)
    const parts = pieces.map(({ part }) => part)
    const shares = pieces.map(({ share }) => share)
    // The last batch of an epoch may have fewer rows than there are threads: the others repeat a part for nothing.
    while (parts.length < this.#threads) {
      parts.push(parts[0]!)
      shares.push(0)
    }
    return tf.tensor1d(await parallel.step(parts, shares, updates))
  }

  async #open(): Promise<DataParallel<Part>> {
    const { replica, url, init, combined } = this.#model
    const shared = { threads: this.#threads, replica, url, init }
    const opening = DataParallel.open(combined === undefined ? shared : { ...shared, combined })
    const parallel = await attended(opening, this.#breathe)
    for (const [name, { first, second }] of this.#waiting) {
      const moments = parallel.moments(name)
      moments.first.set(first)
      moments.second.set(second)
    }
    this.#waiting.clear()
    return parallel
  }

  /** Adam's means of a parameter where they lie now; undefined where it has none. */
  #momentsOf(name: string): Moments | undefined {
    return this.#parallel === null ? this.#waiting.get(name) : this.#parallel.moments(name)
  }

  parametersChanged(): void {
    this.#parallel?.parametersChanged()
  }

  forget(prefix: string): void {
    for (const name of this.#steps.keys()) {
      if (!name.startsWith(prefix)) continue
      this.#steps.delete(name)
      this.#waiting.delete(name)
      const moments = this.#parallel?.moments(name)
      moments?.first.fill(0)
      moments?.second.fill(0)
    }
  }

  read(): Promise<DescentState> {
    const arrays: Record<string, StoredArray> = {}
    for (const name of this.#steps.keys()) {
      const { shape } = this.#model.parameters.get(name)
      const moments = this.#momentsOf(name)
      if (moments === undefined) continue
      arrays[`first/${name}`] = { shape, values: moments.first.slice() }
      arrays[`second/${name}`] = { shape, values: moments.second.slice() }
    }
    return Promise.resolve({ steps: Object.fromEntries(this.#steps), arrays })
  }

  write({ steps, arrays }: DescentState): void {
    this.forget('')
    for (const [name, step] of Object.entries(steps)) {
      const first = arrays[`first/${name}`]
      const second = arrays[`second/${name}`]
      if (first === undefined || second === undefined) throw new Error(`the checkpoint has no moments of ${name}`)
      this.#steps.set(name, step)
      const moments = this.#parallel?.moments(name)
      if (moments === undefined) this.#waiting.set(name, { first: first.values, second: second.values })
      moments?.first.set(first.values)
      moments?.second.set(second.values)
    }
  }

  dispose(): void {
    // The workers end by themselves; nobody needs to wait for them.
    void this.#parallel?.dispose()
    this.#parallel = null
  }
}
