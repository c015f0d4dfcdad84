/** Kernels on memory that threads share: the sum of their gradients, and Adam. */
import { multiplyAdd } from './arithmetic'

export { adam } from './adam'

/**
 * slots[0][from .. from + n] becomes sum_t weights[t] slots[t], always in the order of t, so that the sum does not depend
 * on which thread was done first. Slots lie `stride` floats apart; `n` and `from` are multiples of 8.
 */
export function sumSlots(slots: usize, stride: i32, count: i32, weights: usize, from: i32, n: i32): void {
  const step = (<usize>stride) << 2
  let at = slots + ((<usize>from) << 2)
  const end = at + ((<usize>n) << 2)
  for (; at < end; at += 32) {
    let weight = v128.load32_splat(weights)
    let low = f32x4.mul(weight, v128.load(at))
    let high = f32x4.mul(weight, v128.load(at, 16))
    let other = at
    for (let t = 1; t < count; t++) {
      other += step
      weight = v128.load32_splat(weights + ((<usize>t) << 2))
      low = multiplyAdd(weight, v128.load(other), low)
      high = multiplyAdd(weight, v128.load(other, 16), high)
    }
    v128.store(at, low)
    v128.store(at, high, 16)
  }
}
