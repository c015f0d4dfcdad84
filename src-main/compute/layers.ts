/**
 * Layers as one op each: the product or convolution, its bias and the activation together, with a gradient that goes
 * through all three in as few passes over memory as the engine allows. On the wasm engine they are kernels of their own;
 * elsewhere they are composed of TensorFlow.js ops.
 */
import * as tf from '@tensorflow/tfjs-core'
import { affineKernel, convolutionKernel, transposedConvolutionKernel } from './wasm/layer-kernels.ts'

/** `leaky`: the leaky rectifier with slope 0.01 below 0. */
export type Activation = 'linear' | 'elu' | 'leaky'

function activated<T extends tf.Tensor>(x: T, activation: Activation): T {
  switch (activation) {
    case 'linear':
      return x
    case 'elu':
      return tf.elu(x)
    case 'leaky':
      return tf.leakyRelu(x, 0.01)
  }
}

/** f(x [n, inputs] kernel [inputs, units] + bias [units]): [n, units] */
export function affine(
  x: tf.Tensor2D,
  kernel: tf.Tensor2D,
  bias: tf.Tensor1D,
  activation: Activation = 'linear',
): tf.Tensor2D {
  if (tf.getBackend() === 'wasm') return tf.engine().runKernel(affineKernel, { x, kernel, bias }, { activation })
  return activated(tf.add<tf.Tensor2D>(tf.matMul(x, kernel), bias), activation)
}

/** f(conv(x [n, h, w, in], filter [kh, kw, in, out]) + bias [out]), 'same' padding: [n, ceil(h / s), ceil(w / s), out] */
export function convolution(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  bias: tf.Tensor1D,
  strides: [number, number],
  activation: Activation = 'linear',
): tf.Tensor4D {
  if (tf.getBackend() === 'wasm')
    return tf.engine().runKernel(convolutionKernel, { x, filter, bias }, { strides, activation })
  return activated(tf.add<tf.Tensor4D>(tf.conv2d(x, filter, strides, 'same'), bias), activation)
}

/**
 * f(transposed conv(x [n, oh, ow, in], filter [kh, kw, out, in]) + bias [out]) onto [n, h, w, out]: the adjoint of a
 * convolution with 'same' padding from [h, w] to [oh, ow].
 */
export function transposedConvolution(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  bias: tf.Tensor1D,
  size: readonly [number, number],
  strides: [number, number],
  activation: Activation = 'linear',
): tf.Tensor4D {
  const outputShape: [number, number, number, number] = [x.shape[0], ...size, filter.shape[2]]
  if (tf.getBackend() === 'wasm')
    return tf.engine().runKernel(transposedConvolutionKernel, { x, filter, bias }, { outputShape, strides, activation })
  const y = tf.conv2dTranspose(x, filter, outputShape, strides, 'same')
  return activated(tf.add<tf.Tensor4D>(y, bias), activation)
}
