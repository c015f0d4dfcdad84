/** The linear classifier that a representation is judged by, and its cross-entropy. */
import * as tf from '@tensorflow/tfjs-core'
import { affine } from '../../../compute/layers.ts'
import { logSumExp } from '../../../compute/differentiable.ts'

export interface Classifier {
  /** [h, C] */
  readonly weight: tf.Tensor2D
  /** [C] */
  readonly bias: tf.Tensor1D
}

/** w Z + b: [n, h] -> [n, C] */
export function logitsOf(z: tf.Tensor2D, { weight, bias }: Classifier): tf.Tensor2D {
  return affine(z, weight, bias)
}

/** log p_y of each row: [n, C], one-hot labels [n, C] -> [n] */
export function logProbability(logits: tf.Tensor2D, labels: tf.Tensor2D): tf.Tensor1D {
  return tf.sub(tf.sum(tf.mul(logits, labels), 1), logSumExp(logits))
}
