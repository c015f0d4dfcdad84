/**
 * The directions in which centred rows spread most, from the eigenvectors of the smaller of their two Gram matrices: right
 * to single precision for leading ones, and cheaper than all principal axes to their last digits.
 */
import { product, productWithTranspose, transposeProduct } from './products.ts'
import { pickRows, realMatrix, type RealMatrix, rowsOf } from './real-matrix.ts'
import { symmetricEigen } from './symmetric-eigen.ts'

/** Spreads below this share of the largest are rounding. */
const negligible = 1e-6

/**
 * @param rows centred, [n, d]
 * @returns orthonormal rows, largest spread first, [k, d] with k up to `most`
 */
export function leadingAxes(rows: RealMatrix, most: number): RealMatrix {
  const wide = rows.rows < rows.columns
  const { values, vectors } = symmetricEigen(wide ? productWithTranspose(rows, rows) : transposeProduct(rows, rows))
  const least = negligible ** 2 * (values[0] ?? 0)
  const kept = [...Array(Math.min(most, values.length)).keys()].filter((at) => values[at]! > 0 && values[at]! > least)
  const axes = pickRows(vectors, kept)
  if (!wide) return axes
  const along = product(axes, rows)
  for (const axis of rowsOf(along)) {
    const length = Math.sqrt(axis.reduce((sum, value) => sum + value * value, 0))
    axis.forEach((value, j) => (axis[j] = value / length))
  }
  return realMatrix(kept.length, rows.columns, along.values)
}
