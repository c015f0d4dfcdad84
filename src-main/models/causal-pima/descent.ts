/**
 * How the parameters of a model move: Adam on this thread, or on several with the same state to keep and restore. A run
 * may go on with another number of threads; its numbers then differ in the last digits.
 */
import * as tf from '@tensorflow/tfjs-core'
import { DataParallel } from '../../compute/data-parallel/data-parallel.ts'
import type { Moments } from '../../compute/data-parallel/replica.ts'
import { Adam } from '../nn/adam.ts'
import type { StoredArray } from '../nn/parameters.ts'
import { type BatchArrays, cutBatch, tensorsOf } from './batch.ts'
import { type CausalPimaModel, disposeBatch } from './model.ts'
import { type Aim, type Part, type ReplicaInit, replicaOf } from './replica.ts'

/** Adam's state: steps of each parameter, and its running means as `first/<name>` and `second/<name>`. */
export interface DescentState {
  readonly steps: Readonly<Record<string, number>>
  readonly arrays: Readonly<Record<string, StoredArray>>
}

export interface Descent {
  /** One step on a batch; `rateOf` gives each parameter's learning rate. Returns the terms' batch means, the caller's. */
  step(batch: BatchArrays, aim: Aim, rateOf: (parameter: string) => number): Promise<tf.Tensor1D>
  /** To be called after anything but `step` has written to the model's parameters. */
  parametersChanged(): void
  /** Forgets Adam's state of the parameters whose name starts with `prefix`. */
  forget(prefix: string): void
  read(): Promise<DescentState>
  write(state: DescentState): void
  dispose(): void
}

/** The parameters that an aim moves; the others have no gradient. */
function isMoved(name: string, { phase }: Aim): boolean {
  if (name.startsWith('mixture/')) return false
  return phase === 'joint' || !(name.startsWith('dag/') || name.startsWith('expert/'))
}

export function openDescent(model: CausalPimaModel, seed: number, threads: number): Descent {
  return threads === 1 ? new LocalDescent(model) : new SharedDescent(model, seed, threads)
}

class LocalDescent implements Descent {
  readonly #model: CausalPimaModel
  readonly #adam = new Adam()

  constructor(model: CausalPimaModel) {
    this.#model = model
  }

  step(arrays: BatchArrays, aim: Aim, rateOf: (parameter: string) => number): Promise<tf.Tensor1D> {
    const batch = tensorsOf(arrays, this.#model.shape)
    const { gradients, terms } =
      aim.phase === 'pretrain'
        ? this.#model.pretrainObjective(batch, aim.klWeight)
        : this.#model.jointObjective(batch, aim)
    disposeBatch(batch)
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

class SharedDescent implements Descent {
  readonly #model: CausalPimaModel
  readonly #seed: number
  readonly #threads: number
  /** Of the parameters that have moved. */
  readonly #steps = new Map<string, number>()
  /** Opened by the first step: workers take their time to start. From then on the threads hold Adam's means. */
  #parallel: DataParallel<Part> | null = null
  /** Adam's means by parameter, as long as there are no threads to hold them. */
  readonly #waiting = new Map<string, Moments>()

  constructor(model: CausalPimaModel, seed: number, threads: number) {
    this.#model = model
    this.#seed = seed
    this.#threads = threads
  }

  async step(arrays: BatchArrays, aim: Aim, rateOf: (parameter: string) => number): Promise<tf.Tensor1D> {
    const parallel = (this.#parallel ??= await this.#open())
    const updates = new Map(
      this.#model.parameters.entries().flatMap(([name]) => {
        if (!isMoved(name, aim)) return []
        const step = (this.#steps.get(name) ?? 0) + 1
        this.#steps.set(name, step)
        return [[name, { learningRate: rateOf(name), step }] as const]
      }),
    )
    const parts = cutBatch(arrays, this.#threads).map((batch) => ({ batch, aim }))
    const shares = parts.map(({ batch }) => batch.rows / arrays.rows)
    // The last batch of an epoch may have fewer rows than there are threads: the others repeat a part for nothing.
    while (parts.length < this.#threads) {
      parts.push(parts[0]!)
      shares.push(0)
    }
    return tf.tensor1d(await parallel.step(parts, shares, updates))
  }

  async #open(): Promise<DataParallel<Part>> {
    const init: ReplicaInit = { shape: this.#model.shape, seed: this.#seed }
    const url = new URL('./replica.ts', import.meta.url)
    const parallel = await DataParallel.open({ threads: this.#threads, replica: replicaOf(this.#model), url, init })
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
