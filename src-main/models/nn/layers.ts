/**
 * Layers shared by all models, channels last. A builder registers its parameters and returns the forward map; the caller
 * wraps calls in tf.tidy and owns what they return.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import { affine, convolution as strided, transposedConvolution as stridedTransposed } from '../../compute/layers.ts'
import type { ConvolutionSpec, DenseSpec, LayerSpec } from './layer-specs.ts'
import type { Parameters } from './parameters.ts'

type Layer = (x: tf.Tensor) => tf.Tensor

export interface LayerContext {
  readonly parameters: Parameters
  readonly random: RandomStream
}

/** The layers one after the other; parameters are drawn in their order. */
export function buildLayers(context: LayerContext, specs: readonly LayerSpec[]): Layer {
  const layers = specs.map((spec) => buildLayer(context, spec))
  return (x) => layers.reduce((y, layer) => layer(y), x)
}

function buildLayer(context: LayerContext, spec: LayerSpec): Layer {
  switch (spec.kind) {
    case 'dense':
      return dense(context, spec)
    case 'convolution':
      return convolution(context, spec)
    case 'transposed':
      return transposedConvolution(context, spec)
    case 'reshape':
      return (x) => tf.reshape(x, [x.shape[0], ...spec.shape])
    case 'flatten':
      return (x) => tf.reshape(x, [x.shape[0], -1])
    default:
      return spec satisfies never
  }
}

/** f(x W + b): [n, inputs] -> [n, outputs] */
function dense({ parameters, random }: LayerContext, { name, inputs, outputs, activation }: DenseSpec): Layer {
  const kernel = parameters.addUniform(`${name}/kernel`, [inputs, outputs], inputs, random)
  const bias = parameters.addUniform(`${name}/bias`, [outputs], inputs, random)
  return (x) => affine(x as tf.Tensor2D, kernel as tf.Tensor2D, bias as tf.Tensor as tf.Tensor1D, activation)
}

/** Strided convolution, 'same' padding: [n, h, w, inputs] -> [n, ceil(h / stride), ceil(w / stride), outputs] */
function convolution({ parameters, random }: LayerContext, spec: ConvolutionSpec): Layer {
  const [kh, kw] = spec.kernel
  const fanIn = kh * kw * spec.inputs
  const kernel = parameters.addUniform(`${spec.name}/kernel`, [kh, kw, spec.inputs, spec.outputs], fanIn, random)
  const bias = parameters.addUniform(`${spec.name}/bias`, [spec.outputs], fanIn, random)
  return (x) =>
    strided(
      x as tf.Tensor4D,
      kernel as tf.Tensor as tf.Tensor4D,
      bias as tf.Tensor as tf.Tensor1D,
      [...spec.stride],
      spec.activation,
    )
}

/** Transposed convolution: [n, h, w, inputs] -> [n, ...size, outputs] */
function transposedConvolution({ parameters, random }: LayerContext, spec: ConvolutionSpec): Layer {
  const [kh, kw] = spec.kernel
  const fanIn = kh * kw * spec.outputs
  const kernel = parameters.addUniform(`${spec.name}/kernel`, [kh, kw, spec.outputs, spec.inputs], fanIn, random)
  const bias = parameters.addUniform(`${spec.name}/bias`, [spec.outputs], fanIn, random)
  return (x) =>
    stridedTransposed(
      x as tf.Tensor4D,
      kernel as tf.Tensor as tf.Tensor4D,
      bias as tf.Tensor as tf.Tensor1D,
      spec.size,
      [...spec.stride],
      spec.activation,
    )
}
