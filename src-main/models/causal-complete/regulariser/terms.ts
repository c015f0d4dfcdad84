/** The terms of the loss and the published risk, each a mean over rows (causal-complete.md section 2). */
import * as tf from '@tensorflow/tfjs-core'
import { logSumExp } from '../../../compute/differentiable.ts'
import { isLost } from './counterfactual.ts'
import { logProbability } from './classifier.ts'

/** Added to 1 - p before its logarithm. */
const offset = 1e-6

/** -log(1 - p_y(Zbar) + 1e-6), mean: [n, C], one-hot [n, C] -> [] */
export function necessityTerm(twinLogits: tf.Tensor2D, labels: tf.Tensor2D): tf.Scalar {
  const p = tf.exp(logProbability(twinLogits, labels))
  return tf.neg(tf.mean(tf.log(tf.add(tf.sub(1, p), offset))))
}

/** KL(softmax a || softmax b), mean over rows: [n, h], [n, h] -> [] */
export function divergence(a: tf.Tensor2D, b: tf.Tensor2D): tf.Scalar {
  const along = tf.sum<tf.Tensor1D>(tf.mul(tf.softmax(a), tf.sub(a, b)), 1)
  return tf.mean(tf.add(along, tf.sub(logSumExp(b), logSumExp(a))))
}

/** Mean squared difference of two representations: [n, h], [n, h] -> [] */
export function squaredDifference(a: tf.Tensor2D, b: tf.Tensor2D): tf.Scalar {
  return tf.mean(tf.squaredDifference(a, b))
}

/** The published risk in its two parts: how often the label is not found, and how often the twin still has it. */
export interface Risk {
  /** mean 1[argmax w Z != y] */
  readonly sufficiency: tf.Scalar
  /** mean 1[argmax w Zbar = y] */
  readonly necessity: tf.Scalar
}

/** No gradient goes through it. */
export function riskOf(logits: tf.Tensor2D, twinLogits: tf.Tensor2D, labels: tf.Tensor2D): Risk {
  return {
    sufficiency: tf.mean(isLost(logits, labels)),
    necessity: tf.sub(1, tf.mean(isLost(twinLogits, labels))),
  }
}
