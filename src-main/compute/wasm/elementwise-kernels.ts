/** Elementwise arithmetic with broadcasting, ELU and its gradient, and the exponential. */
import type * as tf from '@tensorflow/tfjs-core'
import { sizeOf, type WasmDevice } from './device.ts'
import { input, type DeviceKernel, type KernelArguments } from './kernel-call.ts'

/** In the order of the kernel's `op`. */
export const arithmeticKernels = ['Add', 'Sub', 'Multiply', 'RealDiv', 'SquaredDifference'] as const

/** Shorter rows are repeated until a row is at least this long: loops over a few values cost more than they compute. */
const shortRow = 64

interface Operand {
  readonly address: number
  /** Floats from one row of the result to the next; 0 when every row uses the same values. */
  readonly stride: number
  /** One value stands for the whole row. */
  readonly one: boolean
}

interface Plan {
  readonly rows: number
  readonly columns: number
  readonly a: 'full' | 'row' | 'column' | 'one'
  readonly b: 'full' | 'row' | 'column' | 'one'
}

/** The result as [rows, columns] such that each operand is whole, one row, one column or one value; null if it cannot. */
function plan(a: readonly number[], b: readonly number[]): Plan | null {
  const rank = Math.max(a.length, b.length)
  const at = (shape: readonly number[], axis: number): number => shape[axis - rank + shape.length] ?? 1
  let [rows, columns] = [1, 1]
  // Whether each operand varies along the columns, and along the rows.
  const varies: { columns: [boolean, boolean] | null; rows: [boolean, boolean] | null } = { columns: null, rows: null }
  for (let axis = rank - 1; axis >= 0; axis--) {
    const [x, y] = [at(a, axis), at(b, axis)]
    if (x === 1 && y === 1) continue
    const pattern: [boolean, boolean] = [x !== 1, y !== 1]
    const size = Math.max(x, y)
    const same = (other: [boolean, boolean] | null): boolean =>
      other === null || (other[0] === pattern[0] && other[1] === pattern[1])
    if (varies.rows === null && same(varies.columns)) {
      varies.columns = pattern
      columns *= size
    } else if (same(varies.rows)) {
      varies.rows = pattern
      rows *= size
    } else return null
  }
  const kind = (operand: 0 | 1): Plan['a'] => {
    const alongColumns = varies.columns?.[operand] ?? false
    const alongRows = varies.rows?.[operand] ?? false
    if (alongColumns) return alongRows || rows === 1 ? 'full' : 'row'
    return alongRows ? 'column' : 'one'
  }
  return { rows, columns, a: kind(0), b: kind(1) }
}

function outShape(a: readonly number[], b: readonly number[]): number[] {
  const [long, short] = a.length >= b.length ? [a, b] : [b, a]
  const shift = long.length - short.length
  return long.map((n, axis) => (n === 1 ? (short[axis - shift] ?? 1) : n))
}

function operand(kind: Plan['a'], address: number, columns: number): Operand {
  switch (kind) {
    case 'full':
      return { address, stride: columns, one: false }
    case 'row':
      return { address, stride: 0, one: false }
    case 'column':
      return { address, stride: 1, one: true }
    case 'one':
      return { address, stride: 0, one: true }
  }
}

/** The kernel of one arithmetic op; other dtypes and two-sided broadcasting are handed on. */
export function arithmeticKernel(op: number): DeviceKernel {
  return (device, call) => {
    const a = input(call, 'a')
    const b = input(call, 'b')
    if (a.dtype !== 'float32' || b.dtype !== 'float32') return null
    const planned = plan(a.shape, b.shape)
    if (planned === null) return null
    const result = device.make(outShape(a.shape, b.shape))
    if (planned.rows * planned.columns > 0) compute(device, op, planned, a, b, result)
    return result
  }
}

function compute(
  device: WasmDevice,
  op: number,
  { rows, columns, a: kindA, b: kindB }: Plan,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  result: tf.TensorInfo,
): void {
  const { kernels } = device
  const run = (x: Operand, y: Operand, to: number, r: number, c: number): void => {
    kernels.arithmetic(op, x.address, x.stride, Number(x.one), y.address, y.stride, Number(y.one), to, r, c)
  }
  const to = device.address(result)
  const [fromA, fromB] = [device.address(a), device.address(b)]
  const repeated = kindA === 'row' && kindB === 'full' ? fromA : kindA === 'full' && kindB === 'row' ? fromB : null
  if (repeated === null || columns >= shortRow || rows < 2) {
    run(operand(kindA, fromA, columns), operand(kindB, fromB, columns), to, rows, columns)
    return
  }
  const times = Math.ceil(shortRow / columns)
  const long = times * columns
  const space = device.scratch(long * 4 + 16)
  kernels.repeat(repeated, columns, times, space)
  const whole = Math.floor(rows / times)
  const rest = (rows - whole * times) * columns
  const fromBoth = (offset: number, width: number): [Operand, Operand] => {
    const full = (address: number): Operand => ({ address: address + offset * 4, stride: width, one: false })
    const row: Operand = { address: space, stride: 0, one: false }
    return kindA === 'full' ? [full(fromA), row] : [row, full(fromB)]
  }
  run(...fromBoth(0, long), to, whole, long)
  if (rest > 0) run(...fromBoth(whole * long, rest), to + whole * long * 4, 1, rest)
}

function unary(
  run: (device: WasmDevice, from: number, to: number, count: number) => void,
): (device: WasmDevice, call: KernelArguments) => tf.TensorInfo | null {
  return (device, call) => {
    const x = input(call, 'x')
    if (x.dtype !== 'float32') return null
    const y = device.make(x.shape)
    run(device, device.address(x), device.address(y), sizeOf(x.shape))
    return y
  }
}

/** y = x where x >= 0, else e^x - 1. */
export const elu = unary(({ kernels }, from, to, count) => kernels.elu(from, to, count))

/** y = e^x. */
export const exp = unary(({ kernels }, from, to, count) => kernels.exponential(from, to, count))

/** The same values under another name: shared, not copied, since no kernel writes to its inputs. */
export function identity(device: WasmDevice, call: KernelArguments): tf.TensorInfo {
  const { dataId, shape, dtype } = input(call, 'x')
  device.backend.incRef(dataId)
  return { dataId, shape, dtype }
}

/** dx from dy and y = elu(x). */
export function eluGrad(device: WasmDevice, call: KernelArguments): tf.TensorInfo {
  const dy = input(call, 'dy')
  const y = input(call, 'y')
  const dx = device.make(y.shape)
  device.kernels.eluGradient(device.address(dy), device.address(y), device.address(dx), sizeOf(y.shape))
  return dx
}
