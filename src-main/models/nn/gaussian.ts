/** Diagonal Gaussians as encoders give them. */
import type * as tf from '@tensorflow/tfjs-core'

/** N(mean, diag exp(logVar)) for each row. */
export interface Gaussian {
  /** [n, l] */
  readonly mean: tf.Tensor2D
  /** [n, l] */
  readonly logVar: tf.Tensor2D
}

/** Log variances are clamped to this range (causal-pima.md section 2). */
export const minimumLogVariance = -8
export const maximumLogVariance = 4
