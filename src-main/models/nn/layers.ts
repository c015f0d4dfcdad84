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
export function buildLayers({ parameters, random }: LayerContext, specs: readonly LayerSpec[]): Layer {
  for (const spec of specs) addParameters(parameters, spec, random)
  const layers = specs.map((spec) => layerOf(parameters, spec))
  return (x) => layers.reduce((y, layer) => layer(y), x)
}

/** Kernel and bias of a layer; a transposed convolution's outputs are the third axis of its kernel. */
function addParameters(parameters: Parameters, spec: LayerSpec, random: RandomStream): void {
  if (spec.kind === 'reshape' || spec.kind === 'flatten') return
  const { name, inputs, outputs } = spec
  const places = spec.kind === 'dense' ? 1 : spec.kernel[0] * spec.kernel[1]
  const channels = spec.kind === 'transposed' ? [outputs, inputs] : [inputs, outputs]
  const shape = spec.kind === 'dense' ? channels : [...spec.kernel, ...channels]
  const fanIn = places * channels[0]!
  parameters.addUniform(`${name}/kernel`, shape, fanIn, random)
  parameters.addUniform(`${name}/bias`, [outputs], fanIn, random)
}

/** The forward map of a layer whose parameters exist. */
export function layerOf(parameters: Parameters, spec: LayerSpec): Layer {
  switch (spec.kind) {
    case 'dense':
      return dense(parameters, spec)
    case 'convolution':
      return convolution(parameters, spec)
    case 'transposed':
      return transposedConvolution(parameters, spec)
    case 'reshape':
      return (x) => tf.reshape(x, [x.shape[0], ...spec.shape])
    case 'flatten':
      return (x) => tf.reshape(x, [x.shape[0], -1])
    default:
      return spec satisfies never
  }
}

/** f(x W + b): [n, inputs] -> [n, outputs] */
function dense(parameters: Parameters, { name, activation }: DenseSpec): Layer {
  const [kernel, bias] = [parameters.get(`${name}/kernel`), parameters.get(`${name}/bias`)]
  return (x) => affine(x as tf.Tensor2D, kernel as tf.Tensor2D, bias as tf.Tensor as tf.Tensor1D, activation)
}

/** Strided convolution, 'same' padding: [n, h, w, inputs] -> [n, ceil(h / stride), ceil(w / stride), outputs] */
function convolution(parameters: Parameters, { name, stride, activation }: ConvolutionSpec): Layer {
  const [kernel, bias] = [parameters.get(`${name}/kernel`), parameters.get(`${name}/bias`)]
  return (x) =>
    strided(
      x as tf.Tensor4D,
      kernel as tf.Tensor as tf.Tensor4D,
      bias as tf.Tensor as tf.Tensor1D,
      [...stride],
      activation,
    )
}

/** Transposed convolution: [n, h, w, inputs] -> [n, ...size, outputs] */
function transposedConvolution(parameters: Parameters, { name, size, stride, activation }: ConvolutionSpec): Layer {
  const [kernel, bias] = [parameters.get(`${name}/kernel`), parameters.get(`${name}/bias`)]
  return (x) =>
    stridedTransposed(
      x as tf.Tensor4D,
      kernel as tf.Tensor as tf.Tensor4D,
      bias as tf.Tensor as tf.Tensor1D,
      size,
      [...stride],
      activation,
    )
}
