/** Adam (Kingma & Ba 2015): what a step works on, and what its bias corrections come to. */
import type * as tf from '@tensorflow/tfjs-core'

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
