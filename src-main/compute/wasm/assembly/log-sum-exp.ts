/** Sums of exponentials over rows, and their gradient. */
import { sumLanes } from './arithmetic'
import { constants, expOf } from './exponential'

/**
 * to [n] = log sum_a exp x_ia, the highest of a row taken out first.
 * @param x [n, c]
 * @param row room for one row rounded up to whole vectors
 */
export function logSumExpRows(x: usize, n: i32, c: i32, row: usize, to: usize): void {
  const kept = (<usize>c) << 2
  const width = (<usize>((c + 3) & ~3)) << 2
  const t = constants()
  for (let i = 0; i < n; i++, x += kept, to += 4) {
    let highest = load<f32>(x)
    for (let a: usize = 4; a < kept; a += 4) highest = max(highest, load<f32>(x + a))
    // A row of nothing but minus infinity has no highest term to take out.
    const shift: f32 = highest == -Infinity ? 0 : highest
    for (let a: usize = kept; a < width; a += 4) store<f32>(row + a, -Infinity)
    memory.copy(row, x, kept)
    const taken = f32x4.splat(shift)
    let sum = f32x4.splat(0)
    for (let a: usize = 0; a < width; a += 16) sum = f32x4.add(sum, expOf(f32x4.sub(v128.load(row + a), taken), t))
    store<f32>(to, shift + Mathf.log(sumLanes(sum)))
  }
}

/**
 * to [n, c] = dy_i exp(x_ia - y_i), the gradient of y = log sum exp x.
 * @param row room for one row rounded up to whole vectors
 */
export function softmaxProduct(x: usize, y: usize, dy: usize, n: i32, c: i32, row: usize, to: usize): void {
  const kept = (<usize>c) << 2
  const width = (<usize>((c + 3) & ~3)) << 2
  const t = constants()
  memory.fill(row, 0, width)
  for (let i = 0; i < n; i++) {
    memory.copy(row, x, kept)
    const taken = v128.load32_splat(y)
    const weight = v128.load32_splat(dy)
    for (let a: usize = 0; a < width; a += 16)
      v128.store(row + a, f32x4.mul(weight, expOf(f32x4.sub(v128.load(row + a), taken), t)))
    memory.copy(to, row, kept)
    x += kept
    to += kept
    y += 4
    dy += 4
  }
}
