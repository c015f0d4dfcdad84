/** Sums over leading axes, trailing axes or all of them; other axes are left to the backend's own kernel. */
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { sizeOf, type WasmDevice } from './device.ts'
import { input, type KernelArguments } from './kernel-call.ts'

const attributesSchema = v.object({
  axis: v.optional(v.nullable(v.union([v.number(), v.array(v.number())]))),
  keepDims: v.optional(v.boolean(), false),
})

/** Rows shorter than this are summed several at a time, then folded. */
const shortRow = 64

export function sum(device: WasmDevice, call: KernelArguments): tf.TensorInfo | null {
  const x = input(call, 'x')
  if (x.dtype !== 'float32') return null
  const { axis, keepDims } = v.parse(attributesSchema, call.attrs)
  const rank = x.shape.length
  const all = Array.from({ length: rank }, (_, i) => i)
  const axes = new Set(tf.util.parseAxisParam(axis ?? all, x.shape))
  // Axes of size 1 belong to either side.
  const matters = all.filter((i) => x.shape[i] !== 1)
  const reduced = matters.map((i) => axes.has(i))
  const firstReduced = reduced.indexOf(true)
  const firstKept = reduced.indexOf(false)
  const leading = reduced.lastIndexOf(true) < (firstKept === -1 ? reduced.length : firstKept)
  const trailing = reduced.lastIndexOf(false) < (firstReduced === -1 ? reduced.length : firstReduced)
  if (!leading && !trailing) return null
  const shape = all.flatMap((i) => (axes.has(i) ? (keepDims ? [1] : []) : [x.shape[i]!]))
  const result = device.make(shape)
  const kept = sizeOf(shape)
  const terms = kept === 0 ? 0 : sizeOf(x.shape) / kept
  const { kernels } = device
  if (kept === 1 || trailing) kernels.sumColumns(device.address(x), kept, terms, device.address(result))
  else sumLeading(device, x, terms, kept, result)
  return result
}

/** result [columns] = sums of x [rows, columns] over its rows. */
export function sumLeading(
  device: WasmDevice,
  x: tf.TensorInfo,
  rows: number,
  columns: number,
  result: tf.TensorInfo,
): void {
  const { kernels } = device
  const times = Math.min(rows, Math.ceil(shortRow / columns))
  const long = times * columns
  const space = device.scratch((2 * long + columns) * 4)
  const [from, to] = [device.address(x), device.address(result)]
  if (times === 1) {
    kernels.sumRows(from, rows, columns, to, space)
    return
  }
  const whole = Math.floor(rows / times)
  const folded = space + long * 4
  kernels.sumRows(from, whole, long, space, folded)
  kernels.sumRows(space, times, columns, to, folded)
  const rest = rows - whole * times
  if (rest === 0) return
  kernels.sumRows(from + whole * long * 4, rest, columns, space, folded)
  kernels.arithmetic(0, to, columns, 0, space, columns, 0, to, 1, columns)
}
