/** The gradient of gather, which the backend lacks. */
import type * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { sizeOf, type WasmDevice } from './device.ts'
import { input, type KernelArguments } from './kernel-call.ts'

const attributesSchema = v.object({ numSegments: v.number() })

/** Sums rows of x [n, ...] that share a segment into [numSegments, ...]; rows with a negative segment are dropped. */
export function unsortedSegmentSum(device: WasmDevice, call: KernelArguments): tf.TensorInfo {
  const x = input(call, 'x')
  const segmentIds = input(call, 'segmentIds')
  const { numSegments } = v.parse(attributesSchema, call.attrs)
  const rest = x.shape.slice(segmentIds.shape.length)
  const row = sizeOf(rest)
  const result = device.make([numSegments, ...rest])
  const [sum, values, ids] = [device.floats(result), device.floats(x), device.integers(segmentIds)]
  sum.fill(0)
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!
    if (id < 0) continue
    for (let j = 0; j < row; j++) sum[id * row + j]! += values[i * row + j]!
  }
  return result
}
