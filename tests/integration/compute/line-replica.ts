/** A replica small enough to check by hand: a line fitted to points by least squares. */
import * as tf from '@tensorflow/tfjs-core'
import type { Replica } from '../../../src-main/compute/data-parallel/replica.ts'

export interface Points {
  readonly x: Float32Array
  readonly y: Float32Array
}

export function createReplica({ slope }: { readonly slope: number }): Replica<Points> {
  const variables = new Map([
    ['slope', tf.variable(tf.tensor1d([slope]))],
    ['offset', tf.variable(tf.zeros([1]))],
    ['idle', tf.variable(tf.ones([40]))],
  ])
  return {
    parameters: variables,
    gradients: ({ x, y }, combine) => {
      if (x.length === 0) throw new Error('a part without points')
      const [a, b] = [variables.get('slope')!, variables.get('offset')!]
      const { value, grads } = tf.variableGrads(() => {
        const error = tf.sub(tf.add(tf.mul(tf.tensor1d(x), a), b), tf.tensor1d(y))
        return tf.mean(tf.square(error))
      }, [a, b])
      const [middle] = combine([x.reduce((sum, a) => sum + a, 0) / x.length])
      const terms = tf.tidy(() => tf.stack([value, tf.scalar(middle!)]) as tf.Tensor1D)
      value.dispose()
      return { gradients: { slope: grads[a.name]!, offset: grads[b.name]! }, terms }
    },
    dispose: () => variables.forEach((variable) => variable.dispose()),
  }
}
