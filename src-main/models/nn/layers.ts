/**
 * Layers shared by all models, channels last. Each builder registers its parameters and returns the forward map; the
 * caller wraps calls in tf.tidy and owns what they return.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import {
  type Activation,
  affine,
  convolution as strided,
  transposedConvolution as stridedTransposed,
} from '../../compute/layers.ts'
import type { Parameters } from './parameters.ts'

export type Layer = (x: tf.Tensor) => tf.Tensor

export interface LayerContext {
  readonly parameters: Parameters
  readonly random: RandomStream
}

export function sequence(...layers: readonly Layer[]): Layer {
  return (x) => layers.reduce((y, layer) => layer(y), x)
}

export const flatten: Layer = (x) => tf.reshape(x, [x.shape[0], -1])

export function reshapeTo(shape: readonly number[]): Layer {
  return (x) => tf.reshape(x, [x.shape[0], ...shape])
}

/** f(x W + b): [n, inputs] -> [n, outputs] */
export function dense(
  { parameters, random }: LayerContext,
  name: string,
  inputs: number,
  outputs: number,
  activation: Activation = 'linear',
): Layer {
  const kernel = parameters.addUniform(`${name}/kernel`, [inputs, outputs], inputs, random)
  const bias = parameters.addUniform(`${name}/bias`, [outputs], inputs, random)
  return (x) => affine(x as tf.Tensor2D, kernel as tf.Tensor2D, bias as tf.Tensor as tf.Tensor1D, activation)
}

export interface ConvolutionShape {
  /** Kernel [height, width]. */
  readonly kernel: readonly [number, number]
  /** Stride [height, width]. */
  readonly stride: readonly [number, number]
  readonly inputs: number
  readonly outputs: number
  readonly activation: Activation
}

/** Strided convolution, 'same' padding: [n, h, w, inputs] -> [n, ceil(h / stride), ceil(w / stride), outputs] */
export function convolution({ parameters, random }: LayerContext, name: string, shape: ConvolutionShape): Layer {
  const [kh, kw] = shape.kernel
  const fanIn = kh * kw * shape.inputs
  const kernel = parameters.addUniform(`${name}/kernel`, [kh, kw, shape.inputs, shape.outputs], fanIn, random)
  const bias = parameters.addUniform(`${name}/bias`, [shape.outputs], fanIn, random)
  return (x) =>
    strided(
      x as tf.Tensor4D,
      kernel as tf.Tensor as tf.Tensor4D,
      bias as tf.Tensor as tf.Tensor1D,
      [...shape.stride],
      shape.activation,
    )
}

/** Transposed convolution onto an output of `size` [height, width]: [n, h, w, inputs] -> [n, ...size, outputs] */
export function transposedConvolution(
  { parameters, random }: LayerContext,
  name: string,
  shape: ConvolutionShape,
  size: readonly [number, number],
): Layer {
  const [kh, kw] = shape.kernel
  const fanIn = kh * kw * shape.outputs
  const kernel = parameters.addUniform(`${name}/kernel`, [kh, kw, shape.outputs, shape.inputs], fanIn, random)
  const bias = parameters.addUniform(`${name}/bias`, [shape.outputs], fanIn, random)
  return (x) =>
    stridedTransposed(
      x as tf.Tensor4D,
      kernel as tf.Tensor as tf.Tensor4D,
      bias as tf.Tensor as tf.Tensor1D,
      size,
      [...shape.stride],
      shape.activation,
    )
}
