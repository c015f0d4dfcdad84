/** What FastICA asks of the rows in each iteration: E[g(w x) x] and E[g'(w x)] for g = tanh. */
import { linearAlgebraKernels, type LinearAlgebraKernels } from '../linear-algebra/kernels.ts'
import { productWithTranspose, transposeProduct } from '../linear-algebra/products.ts'
import { realMatrix, type RealMatrix } from '../linear-algebra/real-matrix.ts'

export interface Contrast {
  /** E[tanh(w x) x], [k, k] */
  readonly correlation: RealMatrix
  /** E[1 - tanh(w x)^2], [k] */
  readonly slope: Float64Array
}

/** Rows of a block: all that is held of w x at a time. */
const blockRows = 512

/**
 * @param white whitened rows, [n, k]
 * @param w directions, [k, k]
 */
export function contrast(white: RealMatrix, w: RealMatrix): Contrast {
  const kernels = linearAlgebraKernels()
  const { correlation, slope } = kernels === null ? plainSums(white, w) : kernelSums(kernels, white, w)
  return {
    correlation: realMatrix(
      w.rows,
      w.rows,
      correlation.map((sum) => sum / white.rows),
    ),
    slope: slope.map((sum) => sum / white.rows),
  }
}

interface Sums {
  readonly correlation: Float64Array
  readonly slope: Float64Array
}

/** Every step of a block in the kernels' memory: rows in, nothing out but the sums at the end. */
function kernelSums(kernels: LinearAlgebraKernels, white: RealMatrix, w: RealMatrix): Sums {
  const k = w.rows
  // Pairs of numbers are bent at once: an odd count gets a column of zeros.
  const even = k + (k % 2)
  const { gemm, gemmScratch, tanhAndSlopes } = kernels
  const scratchBytes = Math.max(gemmScratch(blockRows, k, k), gemmScratch(k, k, blockRows))
  const lengths = [k * k, blockRows * k, blockRows * even, k * k, even, scratchBytes / 8]
  const [atW, atRows, atBent, atSum, atSlope, scratch] = kernels.room(...lengths) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const rows = kernels.view(atRows, blockRows * k)
  const bent = kernels.view(atBent, blockRows * even)
  const correlation = kernels.view(atSum, k * k)
  const slope = kernels.view(atSlope, even)
  kernels.view(atW, k * k).set(w.values)
  correlation.fill(0)
  slope.fill(0)
  for (let from = 0; from < white.rows; from += blockRows) {
    const count = Math.min(blockRows, white.rows - from)
    rows.set(white.values.subarray(from * k, (from + count) * k))
    bent.fill(0)
    gemm(count, k, k, atRows, k, 1, atW, 1, k, atBent, even, scratch, 0)
    tanhAndSlopes(atBent, count, even, atSlope)
    gemm(k, k, count, atBent, 1, even, atRows, k, 1, atSum, k, scratch, 0)
  }
  return { correlation: correlation.slice(), slope: slope.slice(0, k) }
}

function plainSums(white: RealMatrix, w: RealMatrix): Sums {
  const k = w.rows
  const correlation = new Float64Array(k * k)
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
    for (let at = 0; at < part.values.length; at++) correlation[at]! += part.values[at]!
  }
  return { correlation, slope }
}
