/** The numbers that describe a convolution to the training kernels. */
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import type { WasmDevice } from './device.ts'

export type Shape4 = [number, number, number, number]

export const shape4 = v.tuple([v.number(), v.number(), v.number(), v.number()])

export interface Window {
  readonly strides: number | [number, number]
  readonly pad: 'valid' | 'same' | number
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil' | null | undefined
}

export function shapeOf(tensor: tf.TensorInfo): Shape4 {
  const [a, b, c, d] = tensor.shape
  if (tensor.shape.length !== 4) throw new Error(`A convolution takes 4-D tensors, not [${tensor.shape.join()}].`)
  return [a!, b!, c!, d!]
}

export function convolutionInfo(x: Shape4, filter: Shape4, { strides, pad, dimRoundingMode }: Window) {
  return tf.backend_util.computeConv2DInfo(x, filter, strides, 1, pad, dimRoundingMode ?? undefined)
}

export type Info = ReturnType<typeof convolutionInfo>

type Geometry =
  Parameters<WasmDevice['kernels']['filterGradient']> extends [number, number, number, ...infer Rest, number]
    ? Rest
    : never

/** Images, input, filter, output channels, strides, padding and output size, in the kernels' order. */
export function geometry(info: Info): Geometry {
  return [
    info.batchSize,
    info.inHeight,
    info.inWidth,
    info.inChannels,
    info.filterHeight,
    info.filterWidth,
    info.outChannels,
    info.strideHeight,
    info.strideWidth,
    info.padInfo.top,
    info.padInfo.left,
    info.outHeight,
    info.outWidth,
  ]
}

/** Address of scratch for any of the three convolution kernels. */
export function convolutionScratch(device: WasmDevice, info: Info): number {
  const patch = info.filterHeight * info.filterWidth * info.inChannels
  const pixels = info.outHeight * info.outWidth
  return device.scratch(device.kernels.convolutionScratch(info.batchSize, patch, info.outChannels, pixels))
}
