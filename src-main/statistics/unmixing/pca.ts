/** Principal component analysis, with scikit-learn's sign: each axis' largest loading is positive. */
import type { UnmixingNote } from '../../../src-shared/domain/unmixing.ts'
import { productWithTranspose } from '../linear-algebra/products.ts'
import { type Piecewise, whole } from '../piecewise.ts'
import { principalAxesInPieces } from '../linear-algebra/principal-axes.ts'
import { centred, columnMeans, realMatrix, rowsOf, type RealMatrix } from '../linear-algebra/real-matrix.ts'
import { attainable, constantNotes, requireFinite, requireSoundRows } from './sound-rows.ts'

export interface Pca {
  /** A row an axis of unit length, [k, d] */
  readonly axes: RealMatrix
  /** [d] */
  readonly mean: Float64Array
  /** Variance along each axis (n - 1 in the denominator), [k] */
  readonly variances: Float64Array
  /** Share of the whole variance along each axis, [k] */
  readonly explained: Float64Array
  readonly notes: readonly UnmixingNote[]
}

export interface PcaOptions {
  readonly components: number
  /** Directions with less than this share of the largest spread count as none; default: float64's rounding. */
  readonly rankTolerance?: number
}

/**
 * @param data [n, d]
 * @throws refused for values that are not finite, fewer than two rows, and rows that are all the same
 */
export function pca(data: RealMatrix, options: PcaOptions): Pca {
  return whole(pcaInPieces(data, options))
}

/** The same, for whoever looks up in between. */
export function* pcaInPieces(data: RealMatrix, { components, rankTolerance }: PcaOptions): Piecewise<Pca> {
  requireSoundRows(data)
  const mean = columnMeans(data)
  const rows = centred(data, mean)
  const { axes, singularValues, rank } = yield* principalAxesInPieces(rows, rankTolerance)
  const { kept, notes } = attainable(components, 'principal', data, rank)
  const chosen = realMatrix(kept, data.columns, axes.values.slice(0, kept * data.columns))
  for (const axis of rowsOf(chosen)) {
    const largest = axis.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0)
    if (largest < 0) for (let j = 0; j < axis.length; j++) axis[j]! *= -1
  }
  const variances = singularValues.slice(0, kept).map((value) => value ** 2 / (data.rows - 1))
  const whole = rows.values.reduce((sum, value) => sum + value ** 2, 0) / (data.rows - 1)
  return {
    axes: chosen,
    mean,
    variances,
    explained: variances.map((value) => value / whole),
    notes: [...constantNotes(data), ...notes],
  }
}

/** Coordinates of rows [n, d] along the axes, [n, k]. */
export function pcaTransform({ axes, mean }: Pca, data: RealMatrix): RealMatrix {
  requireFinite(data)
  return productWithTranspose(centred(data, mean), axes)
}
