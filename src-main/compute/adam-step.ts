/** One step of Adam (Kingma & Ba 2015) on one parameter tensor; in place where the engine's memory can be reached. */
import * as tf from '@tensorflow/tfjs-core'
import { adamRates, type AdamRates, type AdamSettings, type AdamState } from './adam.ts'
import { adamStepInPlace } from './wasm/adam-step.ts'

/** Moves the parameter and its running means one step along `gradient`, which stays the caller's. */
export function adamStep(state: AdamState, gradient: tf.Tensor, settings: AdamSettings): void {
  const rates = adamRates(settings)
  if (tf.getBackend() === 'wasm') adamStepInPlace(state, gradient, rates)
  else adamStepOfOps(state, gradient, rates)
}

function adamStepOfOps({ parameter, first, second }: AdamState, gradient: tf.Tensor, rates: AdamRates): void {
  const { rate, scale, beta1, beta2, epsilon } = rates
  tf.tidy(() => {
    first.assign(tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1)))
    second.assign(tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2)))
    const divisor = tf.add(tf.mul(tf.sqrt(second), scale), epsilon)
    parameter.assign(tf.sub(parameter, tf.div(tf.mul(first, rate), divisor)))
  })
}
