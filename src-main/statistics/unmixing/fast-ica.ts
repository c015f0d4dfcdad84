/**
 * Independent component analysis by FastICA (Hyvarinen & Oja 2000), step for step as scikit-learn's `FastICA` does it with
 * algorithm `parallel`, function `logcosh` (alpha 1), whitening `unit-variance` by singular values: the same `wInit` gives
 * the same numbers, in the same order and with the same signs.
 */
import type { UnmixingNote } from '../../../src-shared/domain/unmixing.ts'
import { refused } from '../../../src-shared/errors.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { product, productWithTranspose } from '../linear-algebra/products.ts'
import { principalAxes } from '../linear-algebra/principal-axes.ts'
import { centred, columnMeans, realMatrix, type RealMatrix } from '../linear-algebra/real-matrix.ts'
import { symmetricDecorrelation } from './decorrelation.ts'
import { contrast } from './contrast.ts'
import { attainable, constantNotes, requireFinite, requireSoundRows } from './sound-rows.ts'

export interface FastIcaOptions {
  readonly components: number
  /** default 200 */
  readonly maxIterations?: number
  /** Ends when no direction turns by more: |1 - |cos|| of the angle; default 1e-4. */
  readonly tolerance?: number
  /** Start, [components, components], row-major; default: standard normal draws from `seed`. */
  readonly wInit?: Float64Array
  readonly seed: number
  /** Directions with less than this share of the largest spread count as none; default: float64's rounding. */
  readonly rankTolerance?: number
}

export interface FastIca {
  /** From centred rows to components: scikit-learn's `components_`, [k, d] */
  readonly unmixing: RealMatrix
  /** Its pseudo-inverse: scikit-learn's `mixing_`, [d, k] */
  readonly mixing: RealMatrix
  /** `whitening_`, [k, d] */
  readonly whitening: RealMatrix
  /** `mean_`, [d] */
  readonly mean: Float64Array
  readonly iterations: number
  /** Largest |1 - |cos|| between a direction and itself an iteration before. */
  readonly lastChange: number
  readonly converged: boolean
  readonly notes: readonly UnmixingNote[]
}

/**
 * @param data [n, d]
 * @returns what was fitted, and the components of the rows it was fitted on, [n, k], each of unit variance
 * @throws refused for values that are not finite, fewer than two rows, rows that are all the same, a `wInit` of another size
 */
export function fastIca(data: RealMatrix, options: FastIcaOptions): FastIca & { readonly sources: RealMatrix } {
  const { components, maxIterations = 200, tolerance = 1e-4, wInit, seed, rankTolerance } = options
  requireSoundRows(data)
  const mean = columnMeans(data)
  const rows = centred(data, mean)
  const { axes, singularValues, rank } = principalAxes(rows, rankTolerance)
  const { kept: k, notes } = attainable(components, 'independent', data, rank)
  const whitening = whiteningOf(axes, singularValues, k)
  const white = productWithTranspose(rows, whitening)
  const root = Math.sqrt(data.rows)
  for (let at = 0; at < white.values.length; at++) white.values[at]! *= root
  const found = rotate(white, startOf(k, wInit, seed), maxIterations, tolerance)
  const { sources, scale } = unitVariance(productWithTranspose(white, found.rotation))
  const unmixing = product(found.rotation, whitening)
  const mixing = realMatrix(data.columns, k)
  for (let c = 0; c < k; c++) {
    const factor = root / scale[c]!
    for (let j = 0; j < data.columns; j++) unmixing.values[c * data.columns + j]! *= factor
    // The whitening is diag(1 / s) axes and the rotation orthogonal, so the pseudo-inverse is written down at once.
    for (let i = 0; i < k; i++) {
      const weight = (found.rotation.values[c * k + i]! * singularValues[i]! ** 2) / factor
      for (let j = 0; j < data.columns; j++)
        mixing.values[j * k + c]! += weight * whitening.values[i * data.columns + j]!
    }
  }
  const { iterations, lastChange } = found
  const converged = lastChange < tolerance
  const late: UnmixingNote[] = converged ? [] : [{ what: 'not-converged', iterations, lastChange, tolerance }]
  const all = [...constantNotes(data), ...notes, ...late]
  return { sources, unmixing, mixing, whitening, mean, iterations, lastChange, converged, notes: all }
}

/** Components of new rows [n, d], [n, k]. */
export function fastIcaTransform(fitted: Pick<FastIca, 'unmixing' | 'mean'>, data: RealMatrix): RealMatrix {
  requireFinite(data)
  return productWithTranspose(centred(data, fitted.mean), fitted.unmixing)
}

/** Axes over singular values, [k, d]; each axis' first coordinate is positive (the first that is not rounding alone). */
function whiteningOf(axes: RealMatrix, singularValues: Float64Array, k: number): RealMatrix {
  const d = axes.columns
  const whitening = realMatrix(k, d, axes.values.slice(0, k * d))
  for (let i = 0; i < k; i++) {
    const row = whitening.values.subarray(i * d, (i + 1) * d)
    const first = row.find((value) => Math.abs(value) > 1e-14) ?? 1
    const factor = Math.sign(first) / singularValues[i]!
    for (let j = 0; j < d; j++) row[j]! *= factor
  }
  return whitening
}

function startOf(k: number, wInit: Float64Array | undefined, seed: number): RealMatrix {
  if (wInit !== undefined && wInit.length !== k * k)
    throw refused(
      `The start of FastICA has ${wInit.length} values; ${k} components need ${k} x ${k}.`,
      'Give a square start for the number of components that the data carry, or none.',
    )
  const random = RandomStream.of(seed, 'fast-ica')
  return realMatrix(k, k, wInit ?? Float64Array.from({ length: k * k }, () => random.normal()))
}

interface Rotation {
  /** [k, k], orthonormal rows */
  readonly rotation: RealMatrix
  readonly iterations: number
  readonly lastChange: number
}

/** The fixed-point iteration on whitened rows [n, k]. */
function rotate(white: RealMatrix, start: RealMatrix, maxIterations: number, tolerance: number): Rotation {
  const k = start.rows
  let w = symmetricDecorrelation(start)
  let lastChange = Infinity
  let iterations = 0
  while (iterations < maxIterations && !(lastChange < tolerance)) {
    const { correlation, slope } = contrast(white, w)
    for (let i = 0; i < k; i++)
      for (let j = 0; j < k; j++) correlation.values[i * k + j]! -= slope[i]! * w.values[i * k + j]!
    const next = symmetricDecorrelation(correlation)
    lastChange = largestTurn(next, w)
    w = next
    iterations++
  }
  return { rotation: w, iterations, lastChange }
}

function largestTurn(a: RealMatrix, b: RealMatrix): number {
  let largest = 0
  for (let i = 0; i < a.rows; i++) {
    let cosine = 0
    for (let j = i * a.columns; j < (i + 1) * a.columns; j++) cosine += a.values[j]! * b.values[j]!
    largest = Math.max(largest, Math.abs(Math.abs(cosine) - 1))
  }
  return largest
}

/** Columns divided by their standard deviation, in place, and those deviations. */
function unitVariance(sources: RealMatrix): { readonly sources: RealMatrix; readonly scale: Float64Array } {
  const { rows, columns, values } = sources
  const mean = columnMeans(sources)
  const scale = new Float64Array(columns)
  for (let i = 0, at = 0; i < rows; i++)
    for (let j = 0; j < columns; j++, at++) scale[j]! += (values[at]! - mean[j]!) ** 2
  for (let j = 0; j < columns; j++) scale[j] = Math.sqrt(scale[j]! / rows)
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) values[at]! /= scale[j]!
  return { sources, scale }
}
