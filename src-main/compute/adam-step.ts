/** One step of Adam (Kingma & Ba 2015) on one parameter tensor; in place where the engine's memory can be reached. */
import * as tf from '@tensorflow/tfjs-core'
import { adamStepInPlace } from './wasm/adam-step.ts'

export interface AdamState {
  readonly parameter: tf.Variable
  /** Running means of the gradient and of its square, shaped like the parameter; start them at 0. */
  readonly first: tf.Variable
  readonly second: tf.Variable
}

export interface AdamSettings {
  readonly learningRate: number
  /** Counts from 1. */
  readonly step: number
  readonly beta1?: number
  readonly beta2?: number
  readonly epsilon?: number
}

/** What the bias corrections of Adam come to at one step. */
export interface AdamRates {
  /** learning rate / (1 - beta1^step) */
  readonly rate: number
  /** 1 / sqrt(1 - beta2^step) */
  readonly scale: number
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
}

export function adamRates({ learningRate, step, ...rest }: AdamSettings): AdamRates {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = rest
  return { rate: learningRate / (1 - beta1 ** step), scale: 1 / Math.sqrt(1 - beta2 ** step), beta1, beta2, epsilon }
}

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
