/**
 * The exponential and ELU on vectors. Their constants are read from a small table in memory: V8 would rebuild a literal
 * vector in every turn of a loop, and cannot widen it to 256 bits.
 */
import { multiplyAdd, subtractProduct } from './arithmetic'

/** Adding it rounds to the nearest integer, which is left in the low bits. */
const roundingShift: f32 = 12582912.0

let table: usize = 0

function put(index: usize, value: f32): void {
  store<f32>(table + (index << 2), value)
}

/** Writes the constants to `at`, 64 bytes that must stay theirs. */
export function setTable(at: usize): void {
  table = at
  put(0, 1.4426950408889634)
  put(1, roundingShift)
  // ln(2) in two parts: a product of the first with a small integer is exact.
  put(2, 0.693359375)
  put(3, -2.1219444e-4)
  // Taylor coefficients of (e^r - 1 - r) / r^2: on |r| <= ln(2) / 2 the rest is below half a unit in the last place.
  put(4, 1 / 5040.0)
  put(5, 1 / 720.0)
  put(6, 1 / 120.0)
  put(7, 1 / 24.0)
  put(8, 1 / 6.0)
  put(9, 0.5)
  put(10, 1)
  store<i32>(table + (11 << 2), 0x3f800000)
  put(12, -87)
  put(13, -104)
  put(14, 89)
  put(15, 0)
}

/** The table as it lies, for loops to keep in a local. */
@inline
export function constants(): usize {
  return table
}

@inline
function constant(from: usize, index: usize): v128 {
  return v128.load32_splat(from + (index << 2))
}

/** e^r - 1 for |r| <= ln(2) / 2. */
@inline
function expm1Core(r: v128, t: usize): v128 {
  let p = multiplyAdd(constant(t, 4), r, constant(t, 5))
  p = multiplyAdd(p, r, constant(t, 6))
  p = multiplyAdd(p, r, constant(t, 7))
  p = multiplyAdd(p, r, constant(t, 8))
  p = multiplyAdd(p, r, constant(t, 9))
  return multiplyAdd(f32x4.mul(r, r), p, r)
}

/** x log2(e), rounded and still shifted: its low bits hold the power of two. */
@inline
function shiftedPower(x: v128, t: usize): v128 {
  return multiplyAdd(x, constant(t, 0), constant(t, 1))
}

/** 2^n of a shifted power, for n from -126 to 127. */
@inline
function powerOfTwo(shifted: v128, t: usize): v128 {
  return i32x4.add(i32x4.shl(shifted, 23), constant(t, 11))
}

/** x - n ln(2) */
@inline
function reduced(x: v128, n: v128, t: usize): v128 {
  return subtractProduct(n, constant(t, 3), subtractProduct(n, constant(t, 2), x))
}

/** x where x >= 0, else e^x - 1. */
@inline
export function eluOf(x: v128, t: usize): v128 {
  const zero = constant(t, 15)
  const low = f32x4.pmax(f32x4.pmin(x, zero), constant(t, 12))
  const shifted = shiftedPower(low, t)
  const scale = powerOfTwo(shifted, t)
  const core = expm1Core(reduced(low, f32x4.sub(shifted, constant(t, 1)), t), t)
  // For x >= 0 `negative` is exactly 0; pmin and pmax let a NaN through.
  const negative = multiplyAdd(scale, core, f32x4.sub(scale, constant(t, 10)))
  return f32x4.add(f32x4.pmax(x, zero), negative)
}

/** e^x; infinite above 88.72, 0 below -103.9. */
@inline
export function expOf(x: v128, t: usize): v128 {
  const inside = f32x4.pmax(f32x4.pmin(x, constant(t, 14)), constant(t, 13))
  const shifted = shiftedPower(inside, t)
  const r = reduced(inside, f32x4.sub(shifted, constant(t, 1)), t)
  // 2^n as two factors, each a normal number, reaches from the subnormals to infinity.
  const n = i32x4.sub(shifted, constant(t, 1))
  const half = i32x4.shr_s(n, 1)
  const root = f32x4.mul(f32x4.add(expm1Core(r, t), constant(t, 10)), powerOfTwo(half, t))
  return f32x4.mul(root, powerOfTwo(i32x4.sub(n, half), t))
}
