/** How well a code holds known continuous latents, up to the indeterminacy that theory allows. */
import { Matrix, QrDecomposition, solve } from 'ml-matrix'
import { bestMatching } from '../statistics/matching.ts'

type Rows = readonly ArrayLike<number>[]

/**
 * Mean correlation coefficient (Hyvarinen & Morioka 2016): mean |correlation| of the best one-to-one matching of code
 * dimensions to latents. A constant dimension correlates with nothing.
 * @param code [n][d]
 * @param truth [n][k]
 */
export function meanCorrelation(code: Rows, truth: Rows, kind: 'pearson' | 'spearman'): number {
  const prepare = (rows: Rows): Float64Array[] =>
    columnsOf(rows).map((column) => standardised(kind === 'spearman' ? ranks(column) : column))
  const codes = prepare(code)
  const latents = prepare(truth)
  const correlation = codes.map((a) =>
    latents.map((b) => Math.abs(a.reduce((sum, value, d) => sum + value * b[d]!, 0) / a.length)),
  )
  const matched = bestMatching(correlation).flatMap((column, row) => correlation[row]![column] ?? [])
  return matched.reduce((sum, value) => sum + value, 0) / matched.length
}

export interface LinearFit {
  /** Unweighted mean over coordinates that vary; null where none does. */
  readonly r2: number | null
  /** R2 of each coordinate of the truth, null for a constant one. */
  readonly perLatent: readonly (number | null)[]
}

/**
 * R2 of least squares with intercept from code to truth.
 * @param rows `held-out` fits on four fifths of the rows and scores every fifth; `in-sample` fits and scores on all
 */
export function linearR2(code: Rows, truth: Rows, rows: 'held-out' | 'in-sample' = 'held-out'): LinearFit {
  const isScored = (d: number): boolean => rows === 'in-sample' || d % 5 === 4
  const isFitted = (d: number): boolean => rows === 'in-sample' || d % 5 !== 4
  const columns = columnsOf(code)
  // Standardised columns keep the least squares well conditioned; the fit does not depend on their scale.
  const scaled = columns.map(standardised)
  const design = (keep: (d: number) => boolean): Matrix =>
    new Matrix(code.flatMap((_, d) => (keep(d) ? [[1, ...scaled.map((column) => column[d]!)]] : [])))
  const targets = (keep: (d: number) => boolean): Matrix =>
    new Matrix(truth.flatMap((row, d) => (keep(d) ? [Array.from(row)] : [])))
  const fitted = design(isFitted)
  const known = targets(isFitted)
  const decomposition = new QrDecomposition(fitted)
  const weights =
    fitted.rows >= fitted.columns && decomposition.isFullRank()
      ? decomposition.solve(known)
      : solve(fitted, known, true)
  const predicted = design(isScored).mmul(weights)
  const wanted = targets(isScored)
  const perLatent = Array.from({ length: wanted.columns }, (_, k) => {
    const values = wanted.getColumn(k)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const total = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    const rest = values.reduce((sum, value, d) => sum + (value - predicted.get(d, k)) ** 2, 0)
    return total === 0 ? null : 1 - rest / total
  })
  const defined = perLatent.filter((value) => value !== null)
  const r2 = defined.length === 0 ? null : defined.reduce((sum, value) => sum + value, 0) / defined.length
  return { r2, perLatent }
}

/** [n][d] to d columns [n]. */
export function columnsOf(rows: Rows): Float64Array[] {
  return Array.from({ length: rows[0]?.length ?? 0 }, (_, k) => Float64Array.from(rows, (row) => row[k]!))
}

/** Zero mean and unit variance; all zero for a constant column. */
function standardised(column: Float64Array): Float64Array {
  const mean = column.reduce((sum, value) => sum + value, 0) / column.length
  const variance = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length
  return column.map((value) => (variance > 0 ? (value - mean) / Math.sqrt(variance) : 0))
}

/** Rank of each value from 0; ties share the mean of their ranks. */
function ranks(column: Float64Array): Float64Array {
  const order = Array.from(column.keys()).sort((a, b) => column[a]! - column[b]!)
  const out = new Float64Array(column.length)
  for (let from = 0; from < order.length;) {
    let to = from
    while (to + 1 < order.length && column[order[to + 1]!] === column[order[from]!]) to++
    for (let at = from; at <= to; at++) out[order[at]!] = (from + to) / 2
    from = to + 1
  }
  return out
}
