/** Sums over rows or columns. Long sums run in blocks, so that rounding grows with the number of blocks, not of terms. */
import { clear } from './arithmetic'
import { activationGradient } from './elementwise'

/** Rows added up before they join the total. */
const block: i32 = 256

/** to [n] += from [n]. */
@inline
function addTo(to: usize, from: usize, n: i32): void {
  const vectors = to + ((<usize>(n & ~7)) << 2)
  while (to < vectors) {
    const low = f32x4.add(v128.load(to), v128.load(from))
    const high = f32x4.add(v128.load(to, 16), v128.load(from, 16))
    v128.store(to, low)
    v128.store(to, high, 16)
    to += 32
    from += 32
  }
  for (let i = n & 7; i > 0; i--, to += 4, from += 4) store<f32>(to, load<f32>(to) + load<f32>(from))
}

/** to [columns] = sums of x [rows, columns] over its rows; `partial` has room for one row. */
export function sumRows(x: usize, rows: i32, columns: i32, to: usize, partial: usize): void {
  const row = (<usize>columns) << 2
  clear(to, columns)
  for (let first = 0; first < rows; first += block) {
    const count = min(block, rows - first)
    clear(partial, columns)
    for (let r = 0; r < count; r++, x += row) addTo(partial, x, columns)
    addTo(to, partial, columns)
  }
}

/** The sum of n consecutive floats. */
function sumOf(x: usize, n: i32): f32 {
  let total: f32 = 0
  const run = block * 16
  while (n > 0) {
    const count = min(run, n)
    const end = x + ((<usize>(count & ~15)) << 2)
    let s0 = f32x4.splat(0)
    let s1 = s0
    let s2 = s0
    let s3 = s0
    while (x < end) {
      s0 = f32x4.add(s0, v128.load(x))
      s1 = f32x4.add(s1, v128.load(x, 16))
      s2 = f32x4.add(s2, v128.load(x, 32))
      s3 = f32x4.add(s3, v128.load(x, 48))
      x += 64
    }
    const s = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3))
    let part =
      f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 1) + (f32x4.extract_lane(s, 2) + f32x4.extract_lane(s, 3))
    for (let i = count & 15; i > 0; i--, x += 4) part += load<f32>(x)
    total += part
    n -= count
  }
  return total
}

/** to [rows] = sums of x [rows, columns] over its columns. */
export function sumColumns(x: usize, rows: i32, columns: i32, to: usize): void {
  const row = (<usize>columns) << 2
  for (let r = 0; r < rows; r++, x += row, to += 4) store<f32>(to, sumOf(x, columns))
}

/**
 * The gradient through y = f(z + bias) in one pass, f as in elementwise: dz [rows, columns] from dy and y, and dbias [columns], its sum over
 * rows; `partial` has room for one row.
 */
export function activationBiasGradient(
  activation: i32,
  dy: usize,
  y: usize,
  dz: usize,
  dbias: usize,
  rows: i32,
  columns: i32,
  partial: usize,
): void {
  const row = (<usize>columns) << 2
  clear(dbias, columns)
  for (let first = 0; first < rows; first += block) {
    const count = min(block, rows - first)
    clear(partial, columns)
    for (let r = 0; r < count; r++) {
      activationGradient(activation, dy, y, dz, columns)
      addTo(partial, dz, columns)
      dy += row
      y += row
      dz += row
    }
    addTo(dbias, partial, columns)
  }
}
