/**
 * Trainable tensors by name. One store a model: it owns its variables, gives them to the optimiser in a fixed order and
 * turns them into plain arrays for a checkpoint and back.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { RandomStream } from '../../../src-shared/random/stream.ts'

export interface StoredArray {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

export class Parameters {
  readonly #variables = new Map<string, tf.Variable>()

  /** Adds a variable; names are unique within the store. */
  add(name: string, shape: readonly number[], values: Float32Array): tf.Variable {
    if (this.#variables.has(name)) throw new Error(`parameter ${name} exists`)
    const initial = tf.tensor(values, [...shape], 'float32')
    const variable = tf.variable(initial, true)
    initial.dispose()
    this.#variables.set(name, variable)
    return variable
  }

  /** Uniform on [-bound, bound] with bound = 1 / sqrt(fanIn): the usual start of a dense or convolutional layer. */
  addUniform(name: string, shape: readonly number[], fanIn: number, random: RandomStream): tf.Variable {
    const bound = 1 / Math.sqrt(fanIn)
    const values = new Float32Array(shape.reduce((a, b) => a * b, 1))
    for (let i = 0; i < values.length; i++) values[i] = (2 * random.uniform() - 1) * bound
    return this.add(name, shape, values)
  }

  get(name: string): tf.Variable {
    const variable = this.#variables.get(name)
    if (variable === undefined) throw new Error(`no parameter ${name}`)
    return variable
  }

  /** [name, variable] pairs in order of creation, optionally those whose name starts with `prefix`. */
  entries(prefix = ''): [string, tf.Variable][] {
    return [...this.#variables].filter(([name]) => name.startsWith(prefix))
  }

  set(name: string, values: Float32Array): void {
    const variable = this.get(name)
    const next = tf.tensor(values, variable.shape, 'float32')
    variable.assign(next)
    next.dispose()
  }

  async read(): Promise<Record<string, StoredArray>> {
    const out: Record<string, StoredArray> = {}
    for (const [name, variable] of this.#variables)
      out[name] = { shape: variable.shape, values: Float32Array.from(await variable.data<'float32'>()) }
    return out
  }

  write(arrays: Readonly<Record<string, StoredArray>>): void {
    for (const name of this.#variables.keys()) {
      const stored = arrays[name]
      if (stored === undefined) throw new Error(`the checkpoint has no parameter ${name}`)
      this.set(name, stored.values)
    }
  }

  dispose(): void {
    for (const variable of this.#variables.values()) variable.dispose()
    this.#variables.clear()
  }
}
