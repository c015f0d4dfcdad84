/**
 * Clusters in one view of the samples before any network has learnt of them: along the few directions in which they spread
 * most, counted as those of a latent space are.
 */
import { RandomStream } from '../../../../src-shared/random/stream.ts'
import { principalAxes } from '../../../statistics/linear-algebra/principal-axes.ts'
import { productWithTranspose } from '../../../statistics/linear-algebra/products.ts'
import { centred, columnMeans, pickRows, type RealMatrix } from '../../../statistics/linear-algebra/real-matrix.ts'
import { inTurns } from '../../../statistics/piecewise.ts'
import { divisionFits } from './cluster-counts.ts'
import { finestDivision, type ViewDivision } from './joint-clusters.ts'

/** Directions looked along: with more of them smaller differences count, with fewer less noise. */
export const manyDirections = [2, 4, 8]
const counts = [2, 3, 4, 5, 6, 8]
/** Samples that the directions are taken from. */
const mostForAxes = 400

/**
 * The divisions into clusters that stand apart, one for each number of directions that shows any.
 * @param rows the samples' values, [n, d]
 * @param seed names the draws: the same rows always give the same
 */
export async function clustersInView(
  rows: RealMatrix,
  directions: readonly number[],
  seed: string,
): Promise<ViewDivision[]> {
  const from = centred(rows, columnMeans(rows))
  const step = Math.max(1, from.rows / mostForAxes)
  const some = Array.from({ length: Math.min(from.rows, mostForAxes) }, (_, i) => Math.floor(i * step))
  const { axes, rank } = principalAxes(pickRows(from, some))
  const found: ViewDivision[] = []
  for (const width of new Set(directions.map((most) => Math.min(most, rank)))) {
    if (width === 0) continue
    const points = productWithTranspose(from, pickRows(axes, [...Array(width).keys()])).values
    const fits = await inTurns(divisionFits(points, width, counts, RandomStream.of(0, `${seed}/${width}`)))
    const division = finestDivision(fits)
    if (division !== null) found.push(division)
  }
  return found
}

/** Both divisions at once. */
export function together(first: ViewDivision, second: ViewDivision): ViewDivision {
  return {
    clusters: first.clusters * second.clusters,
    labels: first.labels.map((a, i) => (a < 0 || second.labels[i]! < 0 ? -1 : a * second.clusters + second.labels[i]!)),
  }
}

/** Whether knowing the first division leaves next to nothing open of the second, over the samples that both have. */
export function determines(first: ViewDivision, second: ViewDivision): boolean {
  const counts = Array.from({ length: first.clusters }, () => new Float64Array(second.clusters))
  let n = 0
  first.labels.forEach((a, i) => {
    const b = second.labels[i]!
    if (a < 0 || b < 0) return
    counts[a]![b]!++
    n++
  })
  const entropy = (sizes: ArrayLike<number>): number => {
    const all = Array.from(sizes)
    const sum = all.reduce((total, size) => total + size, 0)
    return all.reduce((total, size) => (size === 0 ? total : total - (size / sum) * Math.log(size / sum)), 0)
  }
  const whole = entropy(
    Array.from({ length: second.clusters }, (_, b) => counts.reduce((sum, row) => sum + row[b]!, 0)),
  )
  const open = counts.reduce((sum, row) => {
    const size = row.reduce((total, one) => total + one, 0)
    return size === 0 ? sum : sum + (size / n) * entropy(row)
  }, 0)
  return open <= leftOpen * whole
}

/** Share of a division's entropy that may stay open where another is said to tell it. */
const leftOpen = 0.1
