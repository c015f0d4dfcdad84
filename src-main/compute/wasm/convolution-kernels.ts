/** conv2d and its gradients on the training kernels; dilated convolutions are left to the backend's own. */
import type * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { sizeOf, type WasmDevice } from './device.ts'
import { convolutionInfo, convolutionScratch, geometry, shape4, shapeOf } from './convolution-geometry.ts'
import { input, type KernelArguments } from './kernel-call.ts'

const pair = v.union([v.number(), v.tuple([v.number(), v.number()])])
const attributesSchema = v.object({
  strides: pair,
  pad: v.union([v.literal('valid'), v.literal('same'), v.number()]),
  dataFormat: v.optional(v.literal('NHWC'), 'NHWC'),
  dilations: v.optional(v.union([v.literal(1), v.tuple([v.literal(1), v.literal(1)])]), 1),
  dimRoundingMode: v.optional(v.nullable(v.picklist(['floor', 'round', 'ceil']))),
})
const filterGradientSchema = v.object({ ...attributesSchema.entries, filterShape: shape4 })
const inputGradientSchema = v.object({ ...attributesSchema.entries, inputShape: shape4 })

/** y [n, oh, ow, out] = conv2d(x [n, h, w, in], filter [kh, kw, in, out]). */
export function conv2d(device: WasmDevice, call: KernelArguments): tf.TensorInfo | null {
  const attributes = v.safeParse(attributesSchema, call.attrs)
  if (!attributes.success) return null
  const x = input(call, 'x')
  const filter = input(call, 'filter')
  const info = convolutionInfo(shapeOf(x), shapeOf(filter), attributes.output)
  const y = device.make(info.outShape)
  if (sizeOf(info.outShape) === 0) return y
  const space = convolutionScratch(device, info)
  const [from, weights, to] = [device.address(x), device.address(filter), device.address(y)]
  device.kernels.convolution(from, weights, 0, 0, to, ...geometry(info), space)
  return y
}

/** dL/dfilter [kh, kw, in, out] from x [n, h, w, in] and dy [n, oh, ow, out]. */
export function conv2dBackpropFilter(device: WasmDevice, call: KernelArguments): tf.TensorInfo | null {
  const attributes = v.safeParse(filterGradientSchema, call.attrs)
  if (!attributes.success) return null
  const x = input(call, 'x')
  const dy = input(call, 'dy')
  const info = convolutionInfo(shapeOf(x), attributes.output.filterShape, attributes.output)
  const gradient = device.make(attributes.output.filterShape)
  const space = convolutionScratch(device, info)
  const [from, upstream, to] = [device.address(x), device.address(dy), device.address(gradient)]
  device.kernels.filterGradient(from, upstream, to, ...geometry(info), space)
  return gradient
}

/** dL/dx [n, h, w, in] from dy [n, oh, ow, out]: also the forward pass of the transposed convolution. */
export function conv2dBackpropInput(device: WasmDevice, call: KernelArguments): tf.TensorInfo | null {
  const attributes = v.safeParse(inputGradientSchema, call.attrs)
  if (!attributes.success) return null
  const dy = input(call, 'dy')
  const filter = input(call, 'filter')
  const info = convolutionInfo(attributes.output.inputShape, shapeOf(filter), attributes.output)
  const gradient = device.make(attributes.output.inputShape)
  const space = convolutionScratch(device, info)
  const [upstream, weights, to] = [device.address(dy), device.address(filter), device.address(gradient)]
  device.kernels.inputGradient(upstream, weights, 0, 0, to, ...geometry(info), space)
  return gradient
}
