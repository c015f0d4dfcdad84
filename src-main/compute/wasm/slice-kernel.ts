/** Slices that are one run of memory, or columns of a matrix, copied where they lie; others are left to the backend. */
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { sizeOf, type WasmDevice } from './device.ts'
import { input, type KernelArguments } from './kernel-call.ts'

const numbers = v.union([v.number(), v.array(v.number())])
const attributesSchema = v.object({ begin: numbers, size: v.optional(numbers) })

export function slice(device: WasmDevice, call: KernelArguments): tf.TensorInfo | null {
  const x = input(call, 'x')
  if (x.dtype !== 'float32') return null
  const attributes = v.parse(attributesSchema, call.attrs)
  const [begin, size] = tf.slice_util.parseSliceParams(x, attributes.begin, attributes.size)
  tf.slice_util.assertParamsValid(x, begin!, size!)
  if (tf.slice_util.isSliceContinous(x.shape, begin!, size!)) {
    const result = device.make(size!)
    const from = tf.slice_util.computeFlatOffset(begin!, tf.util.computeStrides(x.shape))
    device.floats(result).set(device.floats(x).subarray(from, from + sizeOf(size!)))
    return result
  }
  if (x.shape.length !== 2) return null
  const result = device.make(size!)
  const [rows, columns] = size as [number, number]
  const width = x.shape[1]!
  const [from, to] = [device.floats(x), device.floats(result)]
  let at = begin![0]! * width + begin![1]!
  for (let row = 0, out = 0; row < rows; row++, at += width)
    for (let column = 0; column < columns; column++) to[out++] = from[at + column]!
  return result
}
