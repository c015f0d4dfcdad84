/** A conformance case: an op on fixed inputs, whose value and gradients must agree between engines. */
import * as tf from '@tensorflow/tfjs-core'
import { RandomStream } from '../../../src-shared/random/stream.ts'

export interface ConformanceCase {
  readonly name: string
  /** Value first, then the gradient of each input, as plain numbers. */
  readonly run: () => Float32Array[]
}

export type Op = (...inputs: tf.Tensor[]) => tf.Tensor

export interface CaseOptions {
  /** Maps standard normal draws into the op's domain, e.g. above 0 for a logarithm. */
  readonly domain?: (x: number) => number
  /** False for ops that have no gradient. */
  readonly gradient?: boolean
}

/** The value of `op` on inputs of the given shapes and, weighted by fixed random numbers, its gradient in each. */
export function opCase(
  name: string,
  shapes: readonly (readonly number[])[],
  op: Op,
  options: CaseOptions = {},
): ConformanceCase {
  const { domain = (x: number) => x, gradient = true } = options
  return {
    name,
    run: () => {
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
      const values = tensors.map((tensor) => Float32Array.from(tensor.dataSync()))
      tf.dispose(tensors)
      return values
    },
  }
}
