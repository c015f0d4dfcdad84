/**
 * The hyperbolic tangent on vectors, right to about 2e-16. Constants are read from a table in memory: V8 would rebuild a
 * literal vector in every turn of a loop.
 */
import { multiplyAdd, subtractProduct } from './arithmetic'

let table: usize = 0

function put(index: usize, value: f64): void {
  store<f64>(table + (index << 3), value)
}

const coefficients: i32 = 14

/** Writes the constants to `at`, 256 bytes that must stay theirs. */
export function setTable(at: usize): void {
  table = at
  // Taylor coefficients of e^r, the highest first: on |r| <= ln(2) / 2 the rest is below 1e-17.
  let factorial: f64 = 1
  for (let i = 0; i < coefficients; i++) {
    if (i > 1) factorial *= <f64>i
    put(coefficients - 1 - i, 1 / factorial)
  }
  put(14, 1.4426950408889634)
  // Adding it rounds to the nearest integer, which is left in the low bits.
  put(15, 6755399441055744.0)
  // ln(2) in two parts: a product of the first with a small integer is exact.
  put(16, 0.693147180369123816490)
  put(17, 1.90821492927058770002e-10)
  // tanh(20) is 1 to the last digit.
  put(18, 20)
  put(19, -2)
  put(20, 1)
}

@inline
function constant(index: usize): v128 {
  return v128.load64_splat(table + (index << 3))
}

/** tanh x = sign(x) (1 - e) / (1 + e) with e = exp(-2 |x|). */
@inline
function tanhOf(x: v128): v128 {
  const y = f64x2.mul(f64x2.pmin(constant(18), f64x2.abs(x)), constant(19))
  const shifted = multiplyAdd(y, constant(14), constant(15))
  const n = f64x2.sub(shifted, constant(15))
  const r = subtractProduct(n, constant(17), subtractProduct(n, constant(16), y))
  let p = multiplyAdd(constant(0), r, constant(1))
  p = multiplyAdd(p, r, constant(2))
  p = multiplyAdd(p, r, constant(3))
  p = multiplyAdd(p, r, constant(4))
  p = multiplyAdd(p, r, constant(5))
  p = multiplyAdd(p, r, constant(6))
  p = multiplyAdd(p, r, constant(7))
  p = multiplyAdd(p, r, constant(8))
  p = multiplyAdd(p, r, constant(9))
  p = multiplyAdd(p, r, constant(10))
  p = multiplyAdd(p, r, constant(11))
  p = multiplyAdd(p, r, constant(12))
  p = multiplyAdd(p, r, constant(13))
  const one = constant(20)
  // n is in the low bits of `shifted`: moved to the exponent and added to that of p it multiplies by 2^n.
  const e = i64x2.add(p, i64x2.shl(shifted, 52))
  const size = f64x2.div(f64x2.sub(one, e), f64x2.add(one, e))
  return v128.or(size, v128.xor(x, f64x2.abs(x)))
}

/**
 * x [rows, columns] becomes tanh(x), and slopes [columns] grows by the sums of 1 - tanh(x)^2; `columns` is even.
 */
export function tanhAndSlopes(x: usize, rows: i32, columns: i32, slopes: usize): void {
  const one = constant(20)
  const width = (<usize>columns) << 3
  for (let i = 0; i < rows; i++, x += width)
    for (let j: usize = 0; j < width; j += 16) {
      const bent = tanhOf(v128.load(x + j))
      v128.store(x + j, bent)
      v128.store(slopes + j, f64x2.add(v128.load(slopes + j), subtractProduct(bent, bent, one)))
    }
}
