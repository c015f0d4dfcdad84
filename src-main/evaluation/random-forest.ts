/**
 * A small random forest of classification trees over quantile bins: the predictor behind DCI's importances. Trees see
 * all features at each split, so that importance is not spread over features that merely happened to be on offer.
 */
import type { RandomStream } from '../../src-shared/random/stream.ts'

export interface ForestOptions {
  readonly trees: number
  readonly depth: number
  /** Fewest samples in a leaf. */
  readonly leaf: number
}

export interface Forest {
  /** Share of the impurity removed by splits on each feature, [d]; sums to 1, or to 0 where nothing was split. */
  readonly importances: Float64Array
  /** The majority vote of the trees. */
  readonly predict: (features: ArrayLike<number>) => number
}

interface Split {
  readonly feature: number
  readonly threshold: number
  readonly below: Tree
  readonly above: Tree
}
type Tree = { readonly label: number } | Split

/** Bins fit a byte. */
const bins = 256

/**
 * @param features [n][d]
 * @param labels [n], 0 .. classes - 1
 */
export function growForest(
  features: readonly ArrayLike<number>[],
  labels: ArrayLike<number>,
  classes: number,
  options: ForestOptions,
  random: RandomStream,
): Forest {
  const width = features[0]?.length ?? 0
  const thresholds = Array.from({ length: width }, (_, k) => quantiles(features.map((row) => row[k]!)))
  const binned = features.map((row) =>
    Uint8Array.from(thresholds, (cuts, k) => cuts.filter((cut) => row[k]! > cut).length),
  )
  const importances = new Float64Array(width)

  const counts = (rows: Int32Array): Float64Array => {
    const out = new Float64Array(classes)
    for (const row of rows) out[labels[row]!]! += 1
    return out
  }
  const grow = (rows: Int32Array, depth: number): Tree => {
    const here = counts(rows)
    const leaf = { label: here.indexOf(Math.max(...here)) }
    if (depth === 0 || rows.length < 2 * options.leaf) return leaf
    const split = bestSplit(rows, here)
    if (split === null) return leaf
    importances[split.feature]! += split.gain
    const isBelow = (row: number): boolean => binned[row]![split.feature]! <= split.bin
    return {
      feature: split.feature,
      threshold: thresholds[split.feature]![split.bin]!,
      below: grow(rows.filter(isBelow), depth - 1),
      above: grow(
        rows.filter((row) => !isBelow(row)),
        depth - 1,
      ),
    }
  }
  const bestSplit = (rows: Int32Array, here: Float64Array) => {
    let best: { feature: number; bin: number; gain: number } | null = null
    const whole = purityOf(here, rows.length)
    const below = new Float64Array(classes)
    const above = new Float64Array(classes)
    for (let feature = 0; feature < width; feature++) {
      const cuts = thresholds[feature]!.length
      const histogram = new Float64Array((cuts + 1) * classes)
      for (const row of rows) histogram[binned[row]![feature]! * classes + labels[row]!]! += 1
      below.fill(0)
      above.set(here)
      let size = 0
      for (let bin = 0; bin < cuts; bin++) {
        const before = size
        for (let c = 0; c < classes; c++) {
          const moved = histogram[bin * classes + c]!
          below[c]! += moved
          above[c]! -= moved
          size += moved
        }
        if (size === before || size < options.leaf || rows.length - size < options.leaf) continue
        const gain = purityOf(below, size) + purityOf(above, rows.length - size) - whole
        if (gain > (best?.gain ?? 1e-9)) best = { feature, bin, gain }
      }
    }
    return best
  }

  const trees = Array.from({ length: options.trees }, () => {
    const sample = Int32Array.from({ length: features.length }, () => random.integer(features.length))
    return grow(sample, options.depth)
  })
  const total = importances.reduce((sum, value) => sum + value, 0)
  return {
    importances: importances.map((value) => (total > 0 ? value / total : 0)),
    predict: (row) => {
      const votes = new Float64Array(classes)
      for (const tree of trees) votes[leafLabel(tree, row)]! += 1
      return votes.indexOf(Math.max(...votes))
    },
  }
}

function leafLabel(tree: Tree, row: ArrayLike<number>): number {
  let at = tree
  while ('feature' in at) at = row[at.feature]! > at.threshold ? at.above : at.below
  return at.label
}

/** Samples less their Gini impurity times their number: what a split gains is what this rises by. */
function purityOf(counts: Float64Array, size: number): number {
  let squares = 0
  for (let c = 0; c < counts.length; c++) squares += counts[c]! * counts[c]!
  return squares / size
}

/** Values that cut a column into at most 256 about equally filled bins, ascending, each midway between two neighbours. */
function quantiles(column: number[]): number[] {
  const sorted = column.toSorted((a, b) => a - b)
  const cuts = new Set<number>()
  for (let b = 1; b < bins; b++) {
    const at = Math.floor((b * sorted.length) / bins)
    if (at > 0 && sorted[at]! > sorted[at - 1]!) cuts.add((sorted[at]! + sorted[at - 1]!) / 2)
  }
  return [...cuts]
}
