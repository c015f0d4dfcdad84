/** Real matrices in float64, row after row. */

export interface RealMatrix {
  readonly rows: number
  readonly columns: number
  /** [rows, columns], row-major */
  readonly values: Float64Array
}

export function realMatrix(
  rows: number,
  columns: number,
  values: Float64Array = new Float64Array(rows * columns),
): RealMatrix {
  if (values.length !== rows * columns)
    throw new Error(`${values.length} values do not make ${rows} rows of ${columns}.`)
  return { rows, columns, values }
}

/** Rows of equal length as a matrix. */
export function matrixOfRows(rows: readonly ArrayLike<number>[]): RealMatrix {
  const columns = rows[0]?.length ?? 0
  const matrix = realMatrix(rows.length, columns)
  for (const [at, row] of rows.entries()) {
    if (row.length !== columns) throw new Error(`Row ${at} has ${row.length} values, not ${columns}.`)
    matrix.values.set(row, at * columns)
  }
  return matrix
}

/** The rows of a matrix as views of its values. */
export function rowsOf({ rows, columns, values }: RealMatrix): Float64Array[] {
  return Array.from({ length: rows }, (_, at) => values.subarray(at * columns, (at + 1) * columns))
}

/** Column `j`, [rows] */
export function column({ rows, columns, values }: RealMatrix, j: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => values[i * columns + j]!)
}

export function firstColumns({ rows, columns, values }: RealMatrix, count: number): RealMatrix {
  const first = realMatrix(rows, count)
  for (let i = 0; i < rows; i++) first.values.set(values.subarray(i * columns, i * columns + count), i * count)
  return first
}

/** The named rows, in their order. */
export function pickRows({ columns, values }: RealMatrix, which: ArrayLike<number>): RealMatrix {
  const picked = realMatrix(which.length, columns)
  for (let at = 0; at < which.length; at++)
    picked.values.set(values.subarray(which[at]! * columns, (which[at]! + 1) * columns), at * columns)
  return picked
}

export function transposed({ rows, columns, values }: RealMatrix): RealMatrix {
  const out = realMatrix(columns, rows)
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out.values[j * rows + i] = values[i * columns + j]!
  return out
}

/** Mean of each column, [columns]. */
export function columnMeans({ rows, columns, values }: RealMatrix): Float64Array {
  const mean = new Float64Array(columns)
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) mean[j]! += values[at]!
  return mean.map((sum) => sum / rows)
}

/** Every row less `mean`. */
export function centred({ rows, columns, values }: RealMatrix, mean: Float64Array): RealMatrix {
  const out = new Float64Array(values.length)
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) out[at] = values[at]! - mean[j]!
  return realMatrix(rows, columns, out)
}

/** Standard deviation (n) of each column, [columns] */
export function columnSpreads(rows: RealMatrix): Float64Array {
  const { values, columns } = centred(rows, columnMeans(rows))
  const squares = new Float64Array(columns)
  values.forEach((value, at) => (squares[at % columns]! += value * value))
  return squares.map((sum) => Math.sqrt(sum / rows.rows))
}

/** A unit for each column: its spread, and 1 where it does not vary. [columns] */
export function columnUnits(rows: RealMatrix): Float64Array {
  return columnSpreads(rows).map((spread) => (spread > 0 ? spread : 1))
}

/** Each column over its unit. @param units [columns], none 0 */
export function inUnits(rows: RealMatrix, units: ArrayLike<number>): RealMatrix {
  return { ...rows, values: rows.values.map((value, at) => value / units[at % rows.columns]!) }
}
