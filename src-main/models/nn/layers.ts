/**
 * Layers shared by all models, channels last. Each builder registers its parameters and returns the forward map; the
 * caller wraps calls in tf.tidy and owns what they return.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import type { Parameters } from './parameters.ts'

export type Layer = (x: tf.Tensor) => tf.Tensor

export interface LayerContext {
  readonly parameters: Parameters
  readonly random: RandomStream
}

export function sequence(...layers: readonly Layer[]): Layer {
  return (x) => layers.reduce((y, layer) => layer(y), x)
}

export const elu: Layer = (x) => tf.elu(x)

export const flatten: Layer = (x) => tf.reshape(x, [x.shape[0], -1])

export function reshapeTo(shape: readonly number[]): Layer {
  return (x) => tf.reshape(x, [x.shape[0], ...shape])
}

/** [n, inputs] -> [n, outputs] */
export function dense({ parameters, random }: LayerContext, name: string, inputs: number, outputs: number): Layer {
  const kernel = parameters.addUniform(`${name}/kernel`, [inputs, outputs], inputs, random)
  const bias = parameters.addUniform(`${name}/bias`, [outputs], inputs, random)
  return (x) => tf.add(tf.matMul(x as tf.Tensor2D, kernel as tf.Tensor2D), bias)
}

export interface ConvolutionShape {
  /** Kernel [height, width]. */
  readonly kernel: readonly [number, number]
  /** Stride [height, width]. */
  readonly stride: readonly [number, number]
  readonly inputs: number
  readonly outputs: number
}

/** Strided convolution, 'same' padding: [n, h, w, inputs] -> [n, ceil(h / stride), ceil(w / stride), outputs] */
export function convolution({ parameters, random }: LayerContext, name: string, shape: ConvolutionShape): Layer {
  const [kh, kw] = shape.kernel
  const fanIn = kh * kw * shape.inputs
  const kernel = parameters.addUniform(`${name}/kernel`, [kh, kw, shape.inputs, shape.outputs], fanIn, random)
  const bias = parameters.addUniform(`${name}/bias`, [shape.outputs], fanIn, random)
  return (x) => tf.add(tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, [...shape.stride], 'same'), bias)
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
    tf.add(
      tf.conv2dTranspose(
        x as tf.Tensor4D,
        kernel as tf.Tensor4D,
        [x.shape[0], size[0], size[1], shape.outputs],
        [...shape.stride],
        'same',
      ),
      bias,
    )
}
