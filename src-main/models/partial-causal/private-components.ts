/**
 * What varies in one modality alone: the measurement less what its shared components tell of it, by PCA and FastICA
 * (partial-causal.md section 3). No encoder is trained for it: contrast keeps what is shared and is free to lose the rest.
 */
import { Matrix, SVD } from 'ml-matrix'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { correlation } from '../../statistics/correlation.ts'
import { bestMatching } from '../../statistics/matching.ts'
import { columnMeans, pickRows, realMatrix, type RealMatrix } from '../../statistics/linear-algebra/real-matrix.ts'
import { componentMeasures } from '../../statistics/unmixing/component-measures.ts'
import type { Piecewise } from '../../statistics/piecewise.ts'
import { fastIca, fastIcaTransform } from '../../statistics/unmixing/fast-ica.ts'
import { symmetricEigen } from '../../statistics/linear-algebra/symmetric-eigen.ts'
import { pcaInPieces, pcaTransform } from '../../statistics/unmixing/pca.ts'

export interface PrivateRules {
  /** At most so many components. */
  readonly most: number
  readonly maxIterations: number
  readonly tolerance: number
  readonly seed: number
}

export interface PrivateComponents {
  /** Values of the rows given, [rows, K], unit variance where fitted. */
  readonly values: RealMatrix
  /** Share of the modality's variance along each, the largest first, [K] */
  readonly explained: readonly number[]
  /**
   * |Correlation| of each as two halves of the samples, which share none, lay the axes: median over splits, [K]. Replicates
   * share samples with the run and with them the rotation that chance gives FastICA; halves do not.
   */
  readonly halves: readonly number[]
  /** Excess kurtosis where it was not fitted, [K] */
  readonly kurtosis: readonly number[]
}

/** A direction with less of a modality's variance is taken for noise. */
const leastExplained = 0.05
/** Axes of wide measurements are found on so many rows: what carries a twentieth of the variance shows on them. */
const wide = 128
const fewRows = 500
const manyRows = 5000
/** A measurement of more values is not looked at. */
export const widestPrivate = 16_384

/**
 * @param own measurements, [rows, d]
 * @param shared coupled components of the same rows, [rows, C]; what they tell is taken out, squares and products included
 * @param fitted places among the rows to fit on
 * @param measured places that kurtosis is measured on
 */
export function* privateComponents(
  own: RealMatrix,
  shared: RealMatrix,
  fitted: readonly number[],
  measured: readonly number[],
  { most, maxIterations, tolerance, seed }: PrivateRules,
): Piecewise<PrivateComponents> {
  const rest = yield* withoutShared(own, shared, fitted)
  const total = variance(pickRows(own, fitted))
  const rows = own.columns > wide ? fewRows : manyRows
  const axes = yield* pcaInPieces(pickRows(rest, evenly(fitted, rows)), { components: most })
  yield 'private directions are found'
  const whole = axes.variances.length === 0 ? 0 : axes.variances[0]! / axes.explained[0]!
  const left = total > 0 ? whole / total : 0
  const kept = axes.explained.filter((share) => share * left >= leastExplained).length
  if (kept === 0) return { values: realMatrix(own.rows, 0), explained: [], halves: [], kurtosis: [] }
  const all = pcaTransform(axes, rest)
  yield 'private directions are read'
  const some = realMatrix(own.rows, kept)
  for (let row = 0; row < own.rows; row++)
    some.values.set(all.values.subarray(row * all.columns, row * all.columns + kept), row * kept)
  const turn = (places: readonly number[], start = seed): RealMatrix => {
    const ica = fastIca(pickRows(some, places), { components: kept, maxIterations, tolerance, seed: start })
    const turned = fastIcaTransform(ica, some)
    turnGaussian(turned, some, places)
    return turned
  }
  const values = turn(fitted)
  yield 'private components are turned'
  const halves = yield* agreementOfHalves(values, fitted, turn, seed)
  const shares = explainedBy(pickRows(values, fitted), pickRows(some, fitted)).map((share) => share / total)
  const order = Array.from(shares.keys()).sort((a, b) => shares[b]! - shares[a]!)
  const sorted = realMatrix(own.rows, values.columns)
  for (let row = 0; row < own.rows; row++)
    order.forEach((c, at) => (sorted.values[row * values.columns + at] = values.values[row * values.columns + c]!))
  return {
    values: sorted,
    explained: order.map((c) => shares[c]!),
    halves: order.map((c) => halves[c]!),
    kurtosis: componentMeasures(pickRows(sorted, measured)).excessKurtosis.map((one) => one ?? 0),
  }
}

const splits = 7

function* agreementOfHalves(
  values: RealMatrix,
  fitted: readonly number[],
  turn: (places: readonly number[], start: number) => RealMatrix,
  seed: number,
): Piecewise<number[]> {
  const each: number[][] = Array.from({ length: values.columns }, () => [])
  for (let split = 0; split < splits; split++) {
    const order = RandomStream.of(seed, `private/halves/${split}`).permutation(fitted.length)
    const half = Math.floor(fitted.length / 2)
    const parts: (Float64Array | undefined)[][] = []
    for (const [p, part] of [order.slice(0, half), order.slice(half)].entries()) {
      // From the same start, two halves could agree for that alone.
      const start = RandomStream.of(seed, `private/halves/${split}/${p}`).uint32()
      const turned = turn(
        Array.from(part, (i) => fitted[i]!),
        start,
      )
      const own = columnsOf(turned)
      const partner = bestMatching(columnsOf(values).map((a) => own.map((b) => Math.abs(correlation(a, b)))))
      parts.push(partner.map((c) => own[c]))
      yield `private components on half ${2 * split + p + 1} of ${2 * splits}`
    }
    each.forEach((own, c) => {
      const [a, b] = [parts[0]![c], parts[1]![c]]
      own.push(a === undefined || b === undefined ? 0 : Math.abs(correlation(a, b)))
    })
  }
  // In the middle: on a half FastICA may not settle, which says nothing of the others.
  return each.map((own) => own.sort((a, b) => a - b)[Math.floor(splits / 2)]!)
}

function columnsOf({ rows, columns, values }: RealMatrix): Float64Array[] {
  return Array.from({ length: columns }, (_, c) =>
    Float64Array.from({ length: rows }, (_row, row) => values[row * columns + c]!),
  )
}

function evenly(places: readonly number[], most: number): readonly number[] {
  if (places.length <= most) return places
  return Array.from({ length: most }, (_, i) => places[Math.floor((i * places.length) / most)]!)
}

/** Values of all rows that are fitted in one piece. */
const columnsAtOnce = 64

/** The measurements less their least squares from the shared components, their squares and products. */
function* withoutShared(own: RealMatrix, shared: RealMatrix, fitted: readonly number[]): Piecewise<RealMatrix> {
  if (shared.columns === 0) return own
  const features = featuresOf(shared, fitted.length)
  const design = (places: readonly number[]): Matrix => new Matrix(places.map((place) => features[place]!))
  const everywhere = design(Array.from(features.keys()))
  const fit = new SVD(design(fitted), { autoTranspose: true })
  const rest = realMatrix(own.rows, own.columns)
  const at = (row: number, column: number): number => row * own.columns + column
  for (let from = 0; from < own.columns; from += columnsAtOnce) {
    const columns = Array.from({ length: Math.min(columnsAtOnce, own.columns - from) }, (_, k) => from + k)
    const wanted = new Matrix(fitted.map((row) => columns.map((column) => own.values[at(row, column)]!)))
    const told = everywhere.mmul(fit.solve(wanted))
    for (let row = 0; row < own.rows; row++)
      columns.forEach((column, k) => (rest.values[at(row, column)] = own.values[at(row, column)]! - told.get(row, k)))
    yield 'what is shared is taken out'
  }
  return rest
}

/** Rows that a coefficient asks for at least. */
const rowsEach = 10

function featuresOf(shared: RealMatrix, rows: number): number[][] {
  const c = shared.columns
  const curved = rows >= rowsEach * (1 + c + (c * (c + 1)) / 2)
  return rowArrays(shared).map((values) => [
    1,
    ...values,
    ...(curved ? values.flatMap((a, i) => values.slice(i).map((b) => a * b)) : []),
  ])
}

function rowArrays({ rows, columns, values }: RealMatrix): number[][] {
  return Array.from({ length: rows }, (_, row) => Array.from(values.subarray(row * columns, (row + 1) * columns)))
}

/** Sum over the columns of their variance. */
function variance({ rows, columns, values }: RealMatrix): number {
  const mean = new Float64Array(columns)
  values.forEach((value, at) => (mean[at % columns]! += value / rows))
  return values.reduce((sum, value, at) => sum + (value - mean[at % columns]!) ** 2, 0) / rows
}

/** Standard errors of a Gaussian's excess kurtosis, sqrt(24 / n), within which a component is taken for one. */
const gaussianWithin = 3

/**
 * Of Gaussian components any rotation is as independent as another, and FastICA's is that of chance. Among these the axes
 * are turned to the principal ones, which the data do fix where variances differ. In place.
 */
function turnGaussian(values: RealMatrix, projections: RealMatrix, fitted: readonly number[]): void {
  const { excessKurtosis } = componentMeasures(pickRows(values, fitted))
  const limit = gaussianWithin * Math.sqrt(24 / fitted.length)
  const which = excessKurtosis.flatMap((one, c) => (Math.abs(one ?? 0) < limit ? [c] : []))
  if (which.length < 2) return
  const loadings = loadingsOf(pickRows(values, fitted), pickRows(projections, fitted))
  const gram = realMatrix(which.length, which.length)
  which.forEach((a, i) =>
    which.forEach((b, j) => {
      gram.values[i * which.length + j] = loadings[a]!.reduce((sum, one, k) => sum + one * loadings[b]![k]!, 0)
    }),
  )
  const { vectors } = symmetricEigen(gram)
  for (let row = 0; row < values.rows; row++) {
    const own = values.values.subarray(row * values.columns, (row + 1) * values.columns)
    const before = which.map((c) => own[c]!)
    which.forEach((c, i) => {
      own[c] = before.reduce((sum, one, j) => sum + vectors.values[i * which.length + j]! * one, 0)
    })
  }
}

/** Covariance of each component with every projection, [K][projections]. */
function loadingsOf(components: RealMatrix, projections: RealMatrix): number[][] {
  const n = components.rows
  const mean = columnMeans(projections)
  const sums = Array.from({ length: components.columns }, () => new Array<number>(projections.columns).fill(0))
  for (let row = 0; row < n; row++)
    sums.forEach((own, c) => {
      const value = components.values[row * components.columns + c]! / n
      for (let k = 0; k < own.length; k++)
        own[k]! += value * (projections.values[row * projections.columns + k]! - mean[k]!)
    })
  return sums
}

/** Variance of the projections that each uncorrelated component explains, [K]. */
function explainedBy(components: RealMatrix, projections: RealMatrix): number[] {
  return loadingsOf(components, projections).map((own) => own.reduce((sum, one) => sum + one ** 2, 0))
}
