/** Vector arithmetic shared by the kernels. */

/** a b + c: one rounding with relaxed SIMD on machines with fused multiply-add, two without. */
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c)
  return f32x4.add(f32x4.mul(a, b), c)
}

/** c - a b, rounded as multiplyAdd is. */
@inline
export function subtractProduct(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_nmadd(a, b, c)
  return f32x4.sub(c, f32x4.mul(a, b))
}

@inline
export function roundUp(n: i32, to: i32): i32 {
  return ((n + to - 1) / to) * to
}

/** Sets `count` floats from `to` on to 0. */
export function clear(to: usize, count: i32): void {
  memory.fill(to, 0, (<usize>count) << 2)
}

/** Copies `count` floats in steps of four: up to three floats past the end are written as well. */
@inline
export function copyOver(to: usize, from: usize, count: i32): void {
  const end = to + ((<usize>count) << 2)
  while (to + 16 < end) {
    v128.store(to, v128.load(from))
    v128.store(to, v128.load(from, 16), 16)
    to += 32
    from += 32
  }
  if (to < end) v128.store(to, v128.load(from))
}

@inline
export function sumLanes(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
}
