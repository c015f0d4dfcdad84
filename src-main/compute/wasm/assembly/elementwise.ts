/** Elementwise kernels: ELU and its gradient, the exponential, and arithmetic with broadcasting. Pairs of vectors a turn. */
import { copyOver } from './arithmetic'
import { constants, eluOf, expOf } from './exponential'

/** y [n] = elu(x [n]). */
export function elu(x: usize, y: usize, n: i32): void {
  const t = constants()
  const vectors = x + ((<usize>(n & ~7)) << 2)
  while (x < vectors) {
    const low = eluOf(v128.load(x), t)
    const high = eluOf(v128.load(x, 16), t)
    v128.store(y, low)
    v128.store(y, high, 16)
    x += 32
    y += 32
  }
  for (let i = n & 7; i > 0; i--, x += 4, y += 4) store<f32>(y, f32x4.extract_lane(eluOf(v128.load32_splat(x), t), 0))
}

/** Of the leaky rectifier below 0. */
const slope: f32 = 0.01

/** y [n] = x [n] where x >= 0, else 0.01 x. */
function leaky(x: usize, y: usize, n: i32): void {
  const below = f32x4.splat(slope)
  const vectors = x + ((<usize>(n & ~7)) << 2)
  while (x < vectors) {
    const low = v128.load(x)
    const high = v128.load(x, 16)
    v128.store(y, f32x4.pmax(low, f32x4.mul(low, below)))
    v128.store(y, f32x4.pmax(high, f32x4.mul(high, below)), 16)
    x += 32
    y += 32
  }
  for (let i = n & 7; i > 0; i--, x += 4, y += 4) store<f32>(y, max(load<f32>(x), slope * load<f32>(x)))
}

/** dx [n] from dy [n] and y = leaky(x): dy where y >= 0, else 0.01 dy. */
function leakyGradient(dy: usize, y: usize, dx: usize, n: i32): void {
  const below = f32x4.splat(slope)
  const zero = f32x4.splat(0)
  const vectors = y + ((<usize>(n & ~7)) << 2)
  while (y < vectors) {
    for (let half: usize = 0; half < 32; half += 16) {
      const g = v128.load(dy + half)
      v128.store(dx + half, v128.bitselect(f32x4.mul(g, below), g, f32x4.lt(v128.load(y + half), zero)))
    }
    dy += 32
    y += 32
    dx += 32
  }
  for (let i = n & 7; i > 0; i--, dy += 4, y += 4, dx += 4)
    store<f32>(dx, load<f32>(dy) * (load<f32>(y) < 0 ? slope : 1))
}

/** y [n] = f(x [n]): ELU with `activation` 1, the leaky rectifier with 2. */
@inline
export function activated(activation: i32, x: usize, y: usize, n: i32): void {
  if (activation == 1) elu(x, y, n)
  else leaky(x, y, n)
}

/** dx [n] from dy [n] and y = f(x). */
@inline
export function activationGradient(activation: i32, dy: usize, y: usize, dx: usize, n: i32): void {
  if (activation == 1) eluGradient(dy, y, dx, n)
  else leakyGradient(dy, y, dx, n)
}

/** dx [n] from dy [n] and y = elu(x): dy where y >= 0, else dy (y + 1). */
export function eluGradient(dy: usize, y: usize, dx: usize, n: i32): void {
  const one = f32x4.splat(1)
  const zero = f32x4.splat(0)
  const vectors = y + ((<usize>(n & ~7)) << 2)
  while (y < vectors) {
    const low = f32x4.mul(v128.load(dy), f32x4.add(f32x4.pmin(v128.load(y), zero), one))
    const high = f32x4.mul(v128.load(dy, 16), f32x4.add(f32x4.pmin(v128.load(y, 16), zero), one))
    v128.store(dx, low)
    v128.store(dx, high, 16)
    dy += 32
    y += 32
    dx += 32
  }
  for (let i = n & 7; i > 0; i--, dy += 4, y += 4, dx += 4)
    store<f32>(dx, load<f32>(dy) * (min(load<f32>(y), <f32>0) + 1))
}

/** y [n] = e^(x [n]). */
export function exponential(x: usize, y: usize, n: i32): void {
  const t = constants()
  const vectors = x + ((<usize>(n & ~7)) << 2)
  while (x < vectors) {
    const low = expOf(v128.load(x), t)
    const high = expOf(v128.load(x, 16), t)
    v128.store(y, low)
    v128.store(y, high, 16)
    x += 32
    y += 32
  }
  for (let i = n & 7; i > 0; i--, x += 4, y += 4) store<f32>(y, f32x4.extract_lane(expOf(v128.load32_splat(x), t), 0))
}

@inline
function combine(op: i32, a: v128, b: v128): v128 {
  if (op == 0) return f32x4.add(a, b)
  if (op == 1) return f32x4.sub(a, b)
  if (op == 2) return f32x4.mul(a, b)
  if (op == 3) return f32x4.div(a, b)
  const difference = f32x4.sub(a, b)
  return f32x4.mul(difference, difference)
}

/** One row; an operand is a row of its own or, with its flag, one value for all columns. */
@inline
function combineRow(op: i32, a: usize, oneA: bool, b: usize, oneB: bool, to: usize, n: i32): void {
  const end = to + ((<usize>n) << 2)
  const vectors = to + ((<usize>(n & ~7)) << 2)
  if (oneA) {
    const x = v128.load32_splat(a)
    for (; to < vectors; to += 32, b += 32) {
      const low = combine(op, x, v128.load(b))
      const high = combine(op, x, v128.load(b, 16))
      v128.store(to, low)
      v128.store(to, high, 16)
    }
    for (; to < end; to += 4, b += 4) store<f32>(to, f32x4.extract_lane(combine(op, x, v128.load32_splat(b)), 0))
  } else if (oneB) {
    const y = v128.load32_splat(b)
    for (; to < vectors; to += 32, a += 32) {
      const low = combine(op, v128.load(a), y)
      const high = combine(op, v128.load(a, 16), y)
      v128.store(to, low)
      v128.store(to, high, 16)
    }
    for (; to < end; to += 4, a += 4) store<f32>(to, f32x4.extract_lane(combine(op, v128.load32_splat(a), y), 0))
  } else {
    for (; to < vectors; to += 32, a += 32, b += 32) {
      const low = combine(op, v128.load(a), v128.load(b))
      const high = combine(op, v128.load(a, 16), v128.load(b, 16))
      v128.store(to, low)
      v128.store(to, high, 16)
    }
    for (; to < end; to += 4, a += 4, b += 4)
      store<f32>(to, f32x4.extract_lane(combine(op, v128.load32_splat(a), v128.load32_splat(b)), 0))
  }
}

@inline
function combineRows(
  op: i32,
  a: usize,
  aRow: usize,
  oneA: bool,
  b: usize,
  bRow: usize,
  oneB: bool,
  to: usize,
  rows: i32,
  columns: i32,
): void {
  for (let r = 0; r < rows; r++) {
    combineRow(op, a, oneA, b, oneB, to, columns)
    a += aRow
    b += bRow
    to += (<usize>columns) << 2
  }
}

/**
 * to [rows, columns] = a op b; op 0 add, 1 subtract, 2 multiply, 3 divide, 4 squared difference. Each operand advances by
 * its row stride (floats; 0: the same row again), and with its flag a row is one value.
 */
export function arithmetic(
  op: i32,
  a: usize,
  aStride: i32,
  oneA: bool,
  b: usize,
  bStride: i32,
  oneB: bool,
  to: usize,
  rows: i32,
  columns: i32,
): void {
  const aRow = (<usize>aStride) << 2
  const bRow = (<usize>bStride) << 2
  if (op == 0) combineRows(0, a, aRow, oneA, b, bRow, oneB, to, rows, columns)
  else if (op == 1) combineRows(1, a, aRow, oneA, b, bRow, oneB, to, rows, columns)
  else if (op == 2) combineRows(2, a, aRow, oneA, b, bRow, oneB, to, rows, columns)
  else if (op == 3) combineRows(3, a, aRow, oneA, b, bRow, oneB, to, rows, columns)
  else combineRows(4, a, aRow, oneA, b, bRow, oneB, to, rows, columns)
}

/** Writes `row` [n] `times` times in a row; up to three floats past the end are written as well. */
export function repeat(row: usize, n: i32, times: i32, to: usize): void {
  for (let i = 0; i < times; i++, to += (<usize>n) << 2) copyOver(to, row, n)
}
