/** How much of one modality's outputs a linear map of another's tells. */
import { Matrix, solve } from 'ml-matrix'
import type { Outputs } from './components.ts'

/**
 * R2, mean over the second's outputs that vary, of least squares with intercept from the first's outputs; fitted on some
 * rows and measured on others. Null where there are fewer rows than coefficients.
 */
export function linearShare(first: Outputs, second: Outputs, fitted: Int32Array, measured: Int32Array): number | null {
  if (fitted.length <= first.values.columns + 1) return null
  const design = (rows: Int32Array): Matrix => rowsOf(first, rows, 1)
  const weights = solve(design(fitted), rowsOf(second, fitted, 0), true)
  const wanted = rowsOf(second, measured, 0)
  const predicted = design(measured).mmul(weights)
  const shares = Array.from({ length: wanted.columns }, (_, k) => {
    const values = wanted.getColumn(k)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const total = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    const rest = values.reduce((sum, value, i) => sum + (value - predicted.get(i, k)) ** 2, 0)
    return total > 0 ? 1 - rest / total : null
  }).filter((share) => share !== null)
  return shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0) / shares.length
}

/** [rows, l], with `ones` columns of 1 before. */
function rowsOf({ rows, values }: Outputs, wanted: Int32Array, ones: number): Matrix {
  const place = new Map(Array.from(rows, (row, at) => [row, at]))
  return new Matrix(
    Array.from(wanted, (row) => {
      const at = place.get(row)! * values.columns
      return [...new Array<number>(ones).fill(1), ...values.values.subarray(at, at + values.columns)]
    }),
  )
}
