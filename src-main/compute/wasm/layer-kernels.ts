/** The layers of ../layers.ts as kernels of the wasm backend, and their gradients. */
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { convolutionInfo, geometry, convolutionScratch, shape4, shapeOf } from './convolution-geometry.ts'
import { sizeOf, type WasmDevice } from './device.ts'
import { addKernels, input, type KernelArguments, replaceKernel } from './kernel-call.ts'
import { sumLeading } from './reduction-kernels.ts'

export const affineKernel = 'AffineLayer'
export const convolutionKernel = 'ConvolutionLayer'
export const transposedConvolutionKernel = 'TransposedConvolutionLayer'
const biasGradientKernel = 'ActivationBiasGradient'

/** In the order of the kernels' `activation`. */
const activations = ['linear', 'elu', 'leaky'] as const
const activationSchema = v.object({ activation: v.picklist(activations) })
const code = (activation: (typeof activations)[number]): number => activations.indexOf(activation)
const pair = v.tuple([v.number(), v.number()])
const convolutionSchema = v.object({ ...activationSchema.entries, strides: pair })
const transposedSchema = v.object({ ...convolutionSchema.entries, outputShape: shape4 })

function affine(device: WasmDevice, call: KernelArguments): tf.TensorInfo {
  const [x, kernel, bias] = [input(call, 'x'), input(call, 'kernel'), input(call, 'bias')]
  const { activation } = v.parse(activationSchema, call.attrs)
  const [n, k, units] = [x.shape[0]!, kernel.shape[0]!, kernel.shape[1]!]
  const y = device.make([n, units])
  const space = device.scratch(device.kernels.gemmScratch(units, k))
  const [from, weights, offset, to] = [x, kernel, bias, y].map((tensor) => device.address(tensor))
  device.kernels.gemm(n, units, k, from!, 0, weights!, 0, to!, offset!, code(activation), space)
  return y
}

function convolution(device: WasmDevice, call: KernelArguments): tf.TensorInfo {
  const [x, filter, bias] = [input(call, 'x'), input(call, 'filter'), input(call, 'bias')]
  const { strides, activation } = v.parse(convolutionSchema, call.attrs)
  const info = convolutionInfo(shapeOf(x), shapeOf(filter), { strides, pad: 'same' })
  const y = device.make(info.outShape)
  const space = convolutionScratch(device, info)
  const [from, weights, offset, to] = [x, filter, bias, y].map((tensor) => device.address(tensor))
  device.kernels.convolution(from!, weights!, offset!, code(activation), to!, ...geometry(info), space)
  return y
}

function transposedConvolution(device: WasmDevice, call: KernelArguments): tf.TensorInfo {
  const [x, filter, bias] = [input(call, 'x'), input(call, 'filter'), input(call, 'bias')]
  const { strides, activation, outputShape } = v.parse(transposedSchema, call.attrs)
  const info = convolutionInfo(outputShape, shapeOf(filter), { strides, pad: 'same' })
  const y = device.make(outputShape)
  const space = convolutionScratch(device, info)
  const [from, weights, offset, to] = [x, filter, bias, y].map((tensor) => device.address(tensor))
  device.kernels.inputGradient(from!, weights!, offset!, code(activation), to!, ...geometry(info), space)
  return y
}

/** dz and dbias from dy and y = f(z + bias), bias along the last axis. */
function biasGradient(device: WasmDevice, call: KernelArguments): tf.TensorInfo[] {
  const [dy, y] = [input(call, 'dy'), input(call, 'y')]
  const columns = y.shape[y.shape.length - 1]!
  const rows = columns === 0 ? 0 : sizeOf(y.shape) / columns
  const [dz, dbias] = [device.make(y.shape), device.make([columns])]
  const { kernels } = device
  const kind = code(v.parse(activationSchema, call.attrs).activation)
  if (columns < 16) {
    kernels.activationGradient(kind, device.address(dy), device.address(y), device.address(dz), rows * columns)
    sumLeading(device, dz, rows, columns, dbias)
  } else {
    const partial = device.scratch(columns * 4)
    const [from, through, to, sum] = [dy, y, dz, dbias].map((tensor) => device.address(tensor))
    kernels.activationBiasGradient(kind, from!, through!, to!, sum!, rows, columns, partial)
  }
  return [dz, dbias]
}

interface Upstream {
  readonly dz: tf.Tensor
  readonly dbias: () => tf.Tensor
}

/**
 * What reaches a layer's sum. It is computed here and not in the gradients that share it: each of those runs in a scope
 * of its own, which would free it.
 */
function upstream(dy: tf.Tensor, y: tf.Tensor, attributes: tf.NamedAttrMap): Upstream {
  const { activation } = v.parse(activationSchema, attributes)
  if (activation === 'linear') {
    const leading = dy.shape.slice(0, -1).map((_, axis) => axis)
    return { dz: dy, dbias: () => tf.sum(dy, leading) }
  }
  const both: tf.Tensor[] = tf.engine().runKernel(biasGradientKernel, { dy, y }, { activation })
  return { dz: both[0]!, dbias: () => tf.reshape(both[1]!, both[1]!.shape) }
}

function single(dy: tf.Tensor | tf.Tensor[]): tf.Tensor {
  if (Array.isArray(dy)) throw new Error('A layer has one output.')
  return dy
}

function registerGradients(): void {
  tf.registerGradient({
    kernelName: affineKernel,
    inputsToSave: ['x', 'kernel'],
    outputsToSave: [true],
    gradFunc(dy, [x, kernel, y], attributes) {
      const { dz, dbias } = upstream(single(dy), y!, attributes)
      return {
        x: () => tf.matMul(dz, kernel!, false, true),
        kernel: () => tf.matMul(x!, dz, true, false),
        bias: dbias,
      }
    },
  })
  tf.registerGradient({
    kernelName: convolutionKernel,
    inputsToSave: ['x', 'filter'],
    outputsToSave: [true],
    gradFunc(dy, [x, filter, y], attributes) {
      const { dz, dbias } = upstream(single(dy), y!, attributes)
      const { strides } = v.parse(convolutionSchema, attributes)
      const same = { strides, pad: 'same', dataFormat: 'NHWC', dimRoundingMode: null }
      return {
        x: () => run(tf.Conv2DBackpropInput, { dy: dz, filter: filter! }, { ...same, inputShape: x!.shape }),
        filter: () => run(tf.Conv2DBackpropFilter, { x: x!, dy: dz }, { ...same, filterShape: filter!.shape }),
        bias: dbias,
      }
    },
  })
  tf.registerGradient({
    kernelName: transposedConvolutionKernel,
    inputsToSave: ['x', 'filter'],
    outputsToSave: [true],
    gradFunc(dy, [x, filter, y], attributes) {
      const { dz, dbias } = upstream(single(dy), y!, attributes)
      const { strides } = v.parse(transposedSchema, attributes)
      const same = { strides, pad: 'same', dataFormat: 'NHWC', dimRoundingMode: null, dilations: 1 }
      return {
        x: () => run(tf.Conv2D, { x: dz, filter: filter! }, same),
        filter: () => run(tf.Conv2DBackpropFilter, { x: dz, dy: x! }, { ...same, filterShape: filter!.shape }),
        bias: dbias,
      }
    },
  })
}

function run(kernelName: string, inputs: tf.NamedTensorMap, attributes: Record<string, unknown>): tf.Tensor {
  return tf.engine().runKernel(kernelName, inputs, attributes as tf.NamedAttrMap)
}

export function registerLayerKernels(): void {
  replaceKernel(affineKernel, affine)
  replaceKernel(convolutionKernel, convolution)
  replaceKernel(transposedConvolutionKernel, transposedConvolution)
  addKernels({ [biasGradientKernel]: biasGradient })
  registerGradients()
}
