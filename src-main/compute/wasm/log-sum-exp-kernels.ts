/** Sums of exponentials over rows as a kernel of the wasm backend, and its gradient. */
import type * as tf from '@tensorflow/tfjs-core'
import type { WasmDevice } from './device.ts'
import { input, type KernelArguments } from './kernel-call.ts'

const wholeVectors = (floats: number): number => Math.ceil(floats / 4) * 4

/** log sum_c exp x_c: [n, C] -> [n] */
export function logSumExpRows(device: WasmDevice, call: KernelArguments): tf.TensorInfo {
  const x = input(call, 'x')
  const [n, c] = x.shape as [number, number]
  const result = device.make([n])
  const row = device.scratch(wholeVectors(c) * 4)
  device.kernels.logSumExpRows(device.address(x), n, c, row, device.address(result))
  return result
}

/** dy exp(x - y), the gradient of y = log sum exp x: [n, C] */
export function softmaxProduct(device: WasmDevice, call: KernelArguments): tf.TensorInfo {
  const x = input(call, 'x')
  const [n, c] = x.shape as [number, number]
  const result = device.make([n, c])
  const row = device.scratch(wholeVectors(c) * 4)
  const [from, y, dy] = [x, input(call, 'y'), input(call, 'dy')].map((tensor) => device.address(tensor))
  device.kernels.softmaxProduct(from!, y!, dy!, n, c, row, device.address(result))
  return result
}
