/** What FastICA asks of the rows in each iteration: E[g(w x) x] and E[g'(w x)] for g = tanh. */
import { productWithTranspose, transposeProduct } from '../linear-algebra/products.ts'
import { realMatrix, type RealMatrix } from '../linear-algebra/real-matrix.ts'

export interface Contrast {
  /** E[tanh(w x) x], [k, k] */
  readonly correlation: RealMatrix
  /** E[1 - tanh(w x)^2], [k] */
  readonly slope: Float64Array
}

/** Rows of a block: all that is held of w x at a time. */
const blockRows = 256

/**
 * @param white whitened rows, [n, k]
 * @param w directions, [k, k]
 */
export function contrast(white: RealMatrix, w: RealMatrix): Contrast {
  const k = w.rows
  const correlation = realMatrix(k, k)
  const slope = new Float64Array(k)
  for (let from = 0; from < white.rows; from += blockRows) {
    const to = Math.min(white.rows, from + blockRows)
    const block = realMatrix(to - from, k, white.values.subarray(from * k, to * k))
    const projected = productWithTranspose(block, w)
    for (let i = 0, at = 0; i < block.rows; i++)
      for (let j = 0; j < k; j++, at++) {
        const bent = Math.tanh(projected.values[at]!)
        projected.values[at] = bent
        slope[j]! += 1 - bent * bent
      }
    const part = transposeProduct(projected, block)
    for (let at = 0; at < part.values.length; at++) correlation.values[at]! += part.values[at]!
  }
  for (let at = 0; at < correlation.values.length; at++) correlation.values[at]! /= white.rows
  return { correlation, slope: slope.map((sum) => sum / white.rows) }
}
