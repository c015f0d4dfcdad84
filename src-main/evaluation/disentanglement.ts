/** Does each code dimension hold one factor, and each factor lie in one dimension? */
import { RandomStream } from '../../src-shared/random/stream.ts'
import { entropy, mutualInformation } from './clustering.ts'
import { contingency } from '../statistics/contingency.ts'
import { growForest } from './random-forest.ts'
import { columnsOf } from './representation.ts'

type Rows = readonly ArrayLike<number>[]

const migBins = 20

/**
 * Mutual information gap (Chen et al. 2018): for each factor the lead of its best over its second-best code dimension,
 * in units of the factor's entropy, averaged. Dimensions are cut into 20 bins of equal width.
 * Null where undefined: a single dimension, or only constant factors.
 * @param code [n][d]
 * @param factors [F][n] category of each sample
 */
export function mutualInformationGap(code: Rows, factors: readonly ArrayLike<number>[]): number | null {
  const binned = columnsOf(code).map(equalWidthBins)
  const gaps = factors.flatMap((factor) => {
    const own = entropy(contingency(factor, factor).rowTotals)
    if (own === 0) return []
    const shared = binned.map((column) => mutualInformation(contingency(column, factor))).sort((a, b) => b - a)
    return [(shared[0]! - shared[1]!) / own]
  })
  return binned.length < 2 || gaps.length === 0 ? null : gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
}

function equalWidthBins(column: Float64Array): Int32Array {
  const low = column.reduce((a, b) => Math.min(a, b), Infinity)
  const width = column.reduce((a, b) => Math.max(a, b), -Infinity) - low
  return Int32Array.from(column, (value) =>
    width > 0 ? Math.min(migBins - 1, Math.floor((migBins * (value - low)) / width)) : 0,
  )
}

export interface Dci {
  readonly disentanglement: number
  readonly completeness: number
  /** Held-out accuracy of the predictor, mean over factors. */
  readonly informativeness: number
  readonly predictor: string
}

const forest = { trees: 20, depth: 8, leaf: 5 }
const predictor = `random forest of ${forest.trees} trees of depth ${forest.depth}, Gini importances, every fifth sample held out`

/**
 * Disentanglement, completeness, informativeness (Eastwood & Williams 2018). Null below ten samples, or where only
 * constant factors are known.
 * @param code [n][d]
 * @param factors [F][n] category of each sample
 */
export function dci(code: Rows, factors: readonly ArrayLike<number>[]): Dci | null {
  const isHeldOut = (d: number): boolean => d % 5 === 4
  const train = code.filter((_, d) => !isHeldOut(d))
  const test = code.filter((_, d) => isHeldOut(d))
  const fits = factors.flatMap((factor, f) => {
    const { rowLabels } = contingency(factor, factor)
    if (rowLabels.length < 2 || code.length < 10) return []
    const labels = Array.from(factor, (label) => rowLabels.indexOf(label))
    const random = RandomStream.of(f, 'dci')
    const known = labels.filter((_, d) => !isHeldOut(d))
    const wanted = labels.filter((_, d) => isHeldOut(d))
    const { importances, predict } = growForest(train, known, rowLabels.length, forest, random)
    const right = test.filter((row, d) => predict(row) === wanted[d]).length
    return [{ importances, accuracy: right / test.length }]
  })
  if (fits.length === 0) return null
  const ofDimension = columnsOf(fits.map((fit) => fit.importances))
  const totals = ofDimension.map((row) => row.reduce((sum, value) => sum + value, 0))
  const all = totals.reduce((sum, value) => sum + value, 0)
  const weighted = ofDimension.map((row, d) => (all > 0 ? (totals[d]! / all) * concentration(row) : 0))
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    disentanglement: weighted.reduce((sum, value) => sum + value, 0),
    completeness: mean(fits.map((fit) => concentration(fit.importances))),
    informativeness: mean(fits.map((fit) => fit.accuracy)),
    predictor,
  }
}

/** 1 - entropy in units of its maximum: 1 for all weight on one entry, 0 for equal weights. */
function concentration(weights: Float64Array): number {
  if (weights.length < 2) return 1
  return weights.some((weight) => weight > 0) ? 1 - entropy(Array.from(weights)) / Math.log(weights.length) : 0
}
