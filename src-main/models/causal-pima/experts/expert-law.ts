import type * as tf from '@tensorflow/tfjs-core'

/** theta by name, each [C, 1] -> curve values [C, points] at t [1, points]. */
export type ExpertLaw = (t: tf.Tensor2D, theta: Readonly<Record<string, tf.Tensor2D>>) => tf.Tensor2D
