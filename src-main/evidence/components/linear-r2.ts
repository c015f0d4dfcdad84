/** How much of some columns a linear map of others tells. */
import { Matrix, solve } from 'ml-matrix'

/** [n, columns], NaN where a sample has it not. */
interface Table {
  readonly values: Float32Array
  readonly columns: number
}

/**
 * R2 of least squares with intercept, mean over the second's columns that vary, at least 0; fitted on some rows and measured
 * on others, of each those that have both.
 */
export function linearR2(first: Table, second: Table, fitted: readonly number[], measured: readonly number[]): number {
  const known = (rows: readonly number[]): number[] =>
    rows.filter(
      (row) =>
        Number.isFinite(first.values[row * first.columns]) && Number.isFinite(second.values[row * second.columns]),
    )
  const [toFit, toMeasure] = [known(fitted), known(measured)]
  if (first.columns === 0 || toFit.length <= first.columns + 1 || toMeasure.length < 2) return 0
  const design = (rows: readonly number[]): Matrix => new Matrix(rows.map((row) => [1, ...rowOf(first, row)]))
  const wanted = (rows: readonly number[]): Matrix => new Matrix(rows.map((row) => rowOf(second, row)))
  const predicted = design(toMeasure).mmul(solve(design(toFit), wanted(toFit), true))
  const shares = Array.from({ length: second.columns }, (_, k) => {
    const values = toMeasure.map((row) => second.values[row * second.columns + k]!)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const total = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    const rest = values.reduce((sum, value, i) => sum + (value - predicted.get(i, k)) ** 2, 0)
    return total > 0 ? Math.max(0, 1 - rest / total) : 0
  })
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}

function rowOf({ values, columns }: Table, row: number): number[] {
  return Array.from(values.subarray(row * columns, (row + 1) * columns))
}
