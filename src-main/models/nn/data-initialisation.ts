/**
 * A start from data: layer by layer, weights and biases are scaled so that on a batch what each unit adds up has mean 0
 * and variance 1 (Mishkin & Matas 2016, with the mean taken out as well).
 */
import * as tf from '@tensorflow/tfjs-core'
import { layerOf } from './layers.ts'
import type { LayerSpec } from './layer-specs.ts'
import type { Parameters } from './parameters.ts'

/** Units that never change on the batch keep their scale. */
const smallest = 1e-6

/** @param x a batch as the first layer takes it; it stays the caller's */
export function initialiseFromData(parameters: Parameters, specs: readonly LayerSpec[], x: tf.Tensor): void {
  tf.tidy(() => {
    let y = x
    for (const spec of specs) {
      if (spec.kind === 'reshape' || spec.kind === 'flatten') {
        y = layerOf(parameters, spec)(y)
        continue
      }
      const sums = layerOf(parameters, { ...spec, activation: 'linear' })(y)
      const leading = sums.shape.slice(0, -1).map((_, axis) => axis)
      const { mean, variance } = tf.moments(sums, leading)
      const scale = tf.div(1, tf.maximum(tf.sqrt(variance), smallest))
      const changes = tf.greater(variance, smallest ** 2)
      const factor = tf.where(changes, scale, tf.onesLike(scale))
      const kernel = parameters.get(`${spec.name}/kernel`)
      const bias = parameters.get(`${spec.name}/bias`)
      // A transposed convolution's outputs are the third axis of its filter.
      const across = spec.kind === 'transposed' ? tf.reshape(factor, [-1, 1]) : factor
      kernel.assign(tf.mul(kernel, across))
      bias.assign(tf.mul(tf.sub(bias, mean), factor))
      y = layerOf(parameters, spec)(y)
    }
  })
}
