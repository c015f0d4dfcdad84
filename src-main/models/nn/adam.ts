/** Adam (Kingma & Ba 2015) with one learning rate a call, so that networks and DAG can move at different speeds. */
import * as tf from '@tensorflow/tfjs-core'
import { adamStep } from '../../compute/adam-step.ts'
import type { StoredArray } from './parameters.ts'

interface Moments {
  readonly first: tf.Variable
  readonly second: tf.Variable
  step: number
}

export class Adam {
  readonly #moments = new Map<string, Moments>()

  #of(name: string, shape: number[]): Moments {
    let moments = this.#moments.get(name)
    if (moments === undefined) {
      const zero = tf.zeros(shape)
      moments = { first: tf.variable(zero, false), second: tf.variable(zero, false), step: 0 }
      zero.dispose()
      this.#moments.set(name, moments)
    }
    return moments
  }

  /** Descends one step along `gradient`, which stays the caller's. */
  update(name: string, variable: tf.Variable, gradient: tf.Tensor, learningRate: number): void {
    const moments = this.#of(name, variable.shape)
    moments.step++
    const state = { parameter: variable, first: moments.first, second: moments.second }
    adamStep(state, gradient, { learningRate, step: moments.step })
  }

  /** Forgets the moments of the parameters whose name starts with `prefix`. */
  forget(prefix: string): void {
    for (const [name, moments] of this.#moments)
      if (name.startsWith(prefix)) {
        moments.first.dispose()
        moments.second.dispose()
        this.#moments.delete(name)
      }
  }

  async read(): Promise<{ steps: Record<string, number>; arrays: Record<string, StoredArray> }> {
    const steps: Record<string, number> = {}
    const arrays: Record<string, StoredArray> = {}
    for (const [name, moments] of this.#moments) {
      steps[name] = moments.step
      for (const [key, variable] of [
        ['first', moments.first],
        ['second', moments.second],
      ] as const)
        arrays[`${key}/${name}`] = {
          shape: variable.shape,
          values: Float32Array.from(await variable.data<'float32'>()),
        }
    }
    return { steps, arrays }
  }

  write(steps: Readonly<Record<string, number>>, arrays: Readonly<Record<string, StoredArray>>): void {
    this.forget('')
    for (const [name, step] of Object.entries(steps)) {
      const first = arrays[`first/${name}`]
      const second = arrays[`second/${name}`]
      if (first === undefined || second === undefined) throw new Error(`the checkpoint has no moments of ${name}`)
      const moments = this.#of(name, [...first.shape])
      moments.step = step
      tf.tidy(() => {
        moments.first.assign(tf.tensor(first.values, [...first.shape]))
        moments.second.assign(tf.tensor(second.values, [...second.shape]))
      })
    }
  }

  dispose(): void {
    this.forget('')
  }
}
