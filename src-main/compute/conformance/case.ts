/** A conformance case: an op on fixed inputs, whose value and gradients must agree between engines. */
import * as tf from '@tensorflow/tfjs-core'
import { RandomStream } from '../../../src-shared/random/stream.ts'

/** Ops of one kind of precision share a tolerance. */
export type Precision = 'usual' | 'trigonometric'

export interface ConformanceCase {
  readonly name: string
  readonly precision: Precision
  /** Value first, then the gradient of each input, as plain numbers. */
  readonly run: () => Promise<Float32Array[]>
}

export type Op = (...inputs: tf.Tensor[]) => tf.Tensor

export interface CaseOptions {
  /** Maps standard normal draws into the op's domain, e.g. above 0 for a logarithm. */
  readonly domain?: (x: number) => number
  /** False for ops that have no gradient. */
  readonly gradient?: boolean
  readonly precision?: Precision
}

/** The value of `op` on inputs of the given shapes and, weighted by fixed random numbers, its gradient in each. */
export function opCase(
  name: string,
  shapes: readonly (readonly number[])[],
  op: Op,
  options: CaseOptions = {},
): ConformanceCase {
  const { domain = (x: number) => x, gradient = true, precision = 'usual' } = options
  return {
    name,
    precision,
    run: async () => {
      const random = RandomStream.of(1, name)
      const draw = (shape: readonly number[]): tf.Tensor => {
        const size = tf.util.sizeFromShape([...shape])
        return tf.tensor(Float32Array.from(random.normals(size), domain), [...shape])
      }
      const tensors = tf.tidy(() => {
        const inputs = shapes.map(draw)
        const value = op(...inputs)
        if (!gradient) return [value]
        const weights = tf.tensor(random.normals(value.size), value.shape)
        return [value, ...tf.grads(op)(inputs, weights)]
      })
      const values = await Promise.all(tensors.map((tensor) => tensor.data<'float32'>()))
      tf.dispose(tensors)
      return values
    },
  }
}
