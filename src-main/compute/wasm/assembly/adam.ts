/** One step of Adam (Kingma & Ba 2015) over n parameters in place. */
import { multiplyAdd } from './arithmetic'

@inline
function moment(old: v128, value: v128, decay: v128): v128 {
  return multiplyAdd(decay, f32x4.sub(old, value), value)
}

@inline
function update(first: v128, second: v128, rate: v128, scale: v128, epsilon: v128): v128 {
  return f32x4.div(f32x4.mul(rate, first), f32x4.add(f32x4.mul(f32x4.sqrt(second), scale), epsilon))
}

/**
 * `rate` is the learning rate over 1 - beta1^t, `scale` is 1 / sqrt(1 - beta2^t), the bias corrections of step t.
 */
export function adam(
  parameters: usize,
  gradient: usize,
  first: usize,
  second: usize,
  n: i32,
  rate: f32,
  beta1: f32,
  beta2: f32,
  scale: f32,
  epsilon: f32,
): void {
  const b1 = f32x4.splat(beta1)
  const b2 = f32x4.splat(beta2)
  const lr = f32x4.splat(rate)
  const s = f32x4.splat(scale)
  const e = f32x4.splat(epsilon)
  const end = parameters + ((<usize>n) << 2)
  const vectors = parameters + ((<usize>(n & ~7)) << 2)
  while (parameters < vectors) {
    const g0 = v128.load(gradient)
    const g1 = v128.load(gradient, 16)
    const m0 = moment(v128.load(first), g0, b1)
    const m1 = moment(v128.load(first, 16), g1, b1)
    v128.store(first, m0)
    v128.store(first, m1, 16)
    const v0 = moment(v128.load(second), f32x4.mul(g0, g0), b2)
    const v1 = moment(v128.load(second, 16), f32x4.mul(g1, g1), b2)
    v128.store(second, v0)
    v128.store(second, v1, 16)
    const p0 = f32x4.sub(v128.load(parameters), update(m0, v0, lr, s, e))
    const p1 = f32x4.sub(v128.load(parameters, 16), update(m1, v1, lr, s, e))
    v128.store(parameters, p0)
    v128.store(parameters, p1, 16)
    parameters += 32
    gradient += 32
    first += 32
    second += 32
  }
  while (parameters < end) {
    const g = v128.load32_splat(gradient)
    const m = moment(v128.load32_splat(first), g, b1)
    const v = moment(v128.load32_splat(second), f32x4.mul(g, g), b2)
    store<f32>(first, f32x4.extract_lane(m, 0))
    store<f32>(second, f32x4.extract_lane(v, 0))
    store<f32>(parameters, load<f32>(parameters) - f32x4.extract_lane(update(m, v, lr, s, e), 0))
    parameters += 4
    gradient += 4
    first += 4
    second += 4
  }
}
