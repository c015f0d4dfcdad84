/**
 * The evidence of every component of a Gaussian mixture for every Gaussian posterior, and its gradient. Tables of
 * components lie transposed, [l, stride], so that vectors run over components.
 */
import { multiplyAdd, subtractProduct, sumLanes } from '../../../../compute/wasm/assembly/arithmetic'

/**
 * to [n, c] = offset_a - 1/2 sum_j (v_ij + (m_ij - M_ja)^2) P_ja.
 * @param m posterior means, [n, l]
 * @param v posterior variances, [n, l]
 * @param M component means, [l, stride]; `stride` is c rounded up to whole vectors, what lies beyond c is of no account
 * @param P component precisions, laid out as M
 * @param offset [stride]
 * @param row room for one row, [stride]
 */
export function mixtureEvidence(
  m: usize,
  v: usize,
  M: usize,
  P: usize,
  offset: usize,
  n: i32,
  l: i32,
  c: i32,
  stride: i32,
  row: usize,
  to: usize,
): void {
  const width = (<usize>stride) << 2
  const kept = (<usize>c) << 2
  const half = f32x4.splat(0.5)
  for (let i = 0; i < n; i++) {
    for (let a: usize = 0; a < width; a += 16) {
      let sum = f32x4.splat(0)
      for (let j = 0; j < l; j++) {
        const at = (<usize>j) * width + a
        const d = f32x4.sub(v128.load32_splat(m + ((<usize>j) << 2)), v128.load(M + at))
        const expected = multiplyAdd(d, d, v128.load32_splat(v + ((<usize>j) << 2)))
        sum = multiplyAdd(expected, v128.load(P + at), sum)
      }
      v128.store(row + a, subtractProduct(half, sum, v128.load(offset + a)))
    }
    memory.copy(to, row, kept)
    to += kept
    m += (<usize>l) << 2
    v += (<usize>l) << 2
  }
}

/**
 * The gradient of `mixtureEvidence` from g [n, c]: by m and by log v, each [n, l], and by the offset, [stride].
 * @param row room for one row, [stride]
 */
export function mixtureEvidenceGradient(
  g: usize,
  m: usize,
  v: usize,
  M: usize,
  P: usize,
  n: i32,
  l: i32,
  c: i32,
  stride: i32,
  row: usize,
  byMean: usize,
  byLogVariance: usize,
  byOffset: usize,
): void {
  const width = (<usize>stride) << 2
  const kept = (<usize>c) << 2
  memory.fill(byOffset, 0, width)
  memory.fill(row, 0, width)
  for (let i = 0; i < n; i++) {
    memory.copy(row, g, kept)
    for (let a: usize = 0; a < width; a += 16)
      v128.store(byOffset + a, f32x4.add(v128.load(byOffset + a), v128.load(row + a)))
    for (let j = 0; j < l; j++) {
      const from = (<usize>j) * width
      const mean = v128.load32_splat(m)
      let pull = f32x4.splat(0)
      let precision = f32x4.splat(0)
      for (let a: usize = 0; a < width; a += 16) {
        const weighted = f32x4.mul(v128.load(row + a), v128.load(P + from + a))
        pull = multiplyAdd(weighted, f32x4.sub(v128.load(M + from + a), mean), pull)
        precision = f32x4.add(precision, weighted)
      }
      store<f32>(byMean, sumLanes(pull))
      store<f32>(byLogVariance, <f32>-0.5 * load<f32>(v) * sumLanes(precision))
      m += 4
      v += 4
      byMean += 4
      byLogVariance += 4
    }
    g += kept
  }
}
