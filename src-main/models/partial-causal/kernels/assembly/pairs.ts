/**
 * The contrastive loss over all pairs of a batch, a row of pairs at a time: nothing of the size n x n is ever kept. One
 * side lies transposed, [l, stride], so that vectors run over its samples; `stride` is n rounded up to whole vectors.
 */
import { multiplyAdd, sumLanes } from '../../../../compute/wasm/assembly/arithmetic'
import { constants, expOf } from '../../../../compute/wasm/assembly/exponential'

/** s_j = -d(x, t_j) / tau for the vector of samples at `T`: scale is 1 / tau; d is -<x, t_j>, or in a box |x - t_j|_1. */
@inline
function logits(x: usize, T: usize, l: i32, width: usize, box: bool, scale: v128): v128 {
  let sum = f32x4.splat(0)
  for (let k = 0; k < l; k++, x += 4, T += width) {
    if (box) sum = f32x4.sub(sum, f32x4.abs(f32x4.sub(v128.load32_splat(x), v128.load(T))))
    else sum = multiplyAdd(v128.load32_splat(x), v128.load(T), sum)
  }
  return f32x4.mul(sum, scale)
}

/** Fills the row with the logits of x and every t, minus infinity beyond the last; returns the highest. */
@inline
function fillRow(x: usize, T: usize, n: i32, l: i32, width: usize, box: bool, scale: v128, row: usize): f32 {
  const kept = (<usize>n) << 2
  if (box) for (let a: usize = 0; a < width; a += 16) v128.store(row + a, logits(x, T + a, l, width, true, scale))
  else for (let a: usize = 0; a < width; a += 16) v128.store(row + a, logits(x, T + a, l, width, false, scale))
  for (let a: usize = kept; a < width; a += 4) store<f32>(row + a, -Infinity)
  let highest = v128.load(row)
  for (let a: usize = 16; a < width; a += 16) highest = f32x4.pmax(highest, v128.load(row + a))
  return max(
    max(f32x4.extract_lane(highest, 0), f32x4.extract_lane(highest, 1)),
    max(f32x4.extract_lane(highest, 2), f32x4.extract_lane(highest, 3)),
  )
}

/**
 * to [n] = log sum_j w_ij exp(s_ij) for every row i of x [n, l], with w_ii = `own` and all others 1.
 * @param T the other side, [l, stride]
 * @param row room for one row, [stride]
 * @param diagonal s_ii, [n]
 */
export function pairLogSums(
  x: usize,
  T: usize,
  n: i32,
  l: i32,
  stride: i32,
  box: bool,
  inverseTau: f32,
  own: f32,
  row: usize,
  diagonal: usize,
  to: usize,
): void {
  const width = (<usize>stride) << 2
  const scale = f32x4.splat(inverseTau)
  const t = constants()
  for (let i = 0; i < n; i++, x += (<usize>l) << 2, to += 4, diagonal += 4) {
    const highest = fillRow(x, T, n, l, width, box, scale, row)
    const shift = f32x4.splat(highest)
    let sum = f32x4.splat(0)
    for (let a: usize = 0; a < width; a += 16) sum = f32x4.add(sum, expOf(f32x4.sub(v128.load(row + a), shift), t))
    const paired = load<f32>(row + ((<usize>i) << 2))
    store<f32>(diagonal, paired)
    store<f32>(to, highest + Mathf.log(sumLanes(sum) + (own - 1) * Mathf.exp(paired - highest)))
  }
}

/**
 * The gradient of sum_i [log sum_j w_ij exp(s_ij) - s_ii] + sum_j [log sum_i w_ij exp(s_ij) - s_jj]: by x, [n, l], and by
 * T, [l, stride]. Returns that by log tau.
 * @param byRow what `pairLogSums` gave for x against T, [n]
 * @param byColumn what it gave for the other side against x, [stride]
 */
export function pairGradient(
  x: usize,
  T: usize,
  n: i32,
  l: i32,
  stride: i32,
  box: bool,
  inverseTau: f32,
  own: f32,
  row: usize,
  byRow: usize,
  byColumn: usize,
  byX: usize,
  byT: usize,
): f32 {
  const width = (<usize>stride) << 2
  const scale = f32x4.splat(inverseTau)
  const t = constants()
  memory.fill(byT, 0, width * <usize>l)
  let byLogTau: f64 = 0
  for (let i = 0; i < n; i++, x += (<usize>l) << 2, byX += (<usize>l) << 2, byRow += 4) {
    fillRow(x, T, n, l, width, box, scale, row)
    const at = row + ((<usize>i) << 2)
    const paired = load<f32>(at)
    const taken = v128.load32_splat(byRow)
    let moved = f32x4.splat(0)
    for (let a: usize = 0; a < width; a += 16) {
      const s = v128.load(row + a)
      const p = f32x4.add(expOf(f32x4.sub(s, taken), t), expOf(f32x4.sub(s, v128.load(byColumn + a)), t))
      v128.store(row + a, p)
      // Minus infinity beyond the last sample would make 0 times infinity.
      moved = multiplyAdd(p, f32x4.pmax(s, f32x4.splat(-1e30)), moved)
    }
    const before = load<f32>(at)
    const after = own * before - 2
    store<f32>(at, after)
    byLogTau -= <f64>(sumLanes(moved) + (after - before) * paired)
    for (let k = 0; k < l; k++) {
      const from = T + <usize>k * width
      const to = byT + <usize>k * width
      const mine = v128.load32_splat(x + ((<usize>k) << 2))
      let sum = f32x4.splat(0)
      if (box) {
        for (let a: usize = 0; a < width; a += 16) {
          const p = v128.load(row + a)
          const difference = f32x4.sub(mine, v128.load(from + a))
          // sign(difference) p / tau: the sign's bit of the difference on p, nothing where they are equal.
          const signed = v128.and(
            v128.xor(p, v128.and(difference, f32x4.splat(-0.0))),
            f32x4.ne(difference, f32x4.splat(0)),
          )
          sum = f32x4.sub(sum, signed)
          v128.store(to + a, multiplyAdd(signed, scale, v128.load(to + a)))
        }
      } else {
        const pull = f32x4.mul(mine, scale)
        for (let a: usize = 0; a < width; a += 16) {
          const p = v128.load(row + a)
          sum = multiplyAdd(p, v128.load(from + a), sum)
          v128.store(to + a, multiplyAdd(p, pull, v128.load(to + a)))
        }
      }
      store<f32>(byX + ((<usize>k) << 2), sumLanes(sum) * inverseTau)
    }
  }
  return <f32>byLogTau
}
