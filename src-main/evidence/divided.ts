/**
 * Clusters within a cluster: joint outcomes whose samples fall into two groups with next to nothing between them. Fewer
 * nodes and categories than there are return from training to training as well as the right ones do, for the same clusters
 * are merged each time; that they hold more is seen in the latent space alone.
 */
import type { Matrix } from '../../src-shared/domain/result.ts'
import { RandomStream } from '../../src-shared/random/stream.ts'
import { kMeans } from '../statistics/k-means.ts'
import { whole } from '../statistics/piecewise.ts'

/**
 * Distance of two groups' means along the line through them, in sums of their standard deviations along it. A normal
 * distribution halved has 1.3, an even one 1.7, half a circle 2.1, three quarters of one 2.6, more among few samples; ...
 */
const leastApart = 3
/** ... which has 6 % of its samples in the middle fifth of the line, where two groups that far apart have next to none. */
const mostBetween = 0.03
/** The smaller group's least share of the samples, so that a few odd ones are no group, and the least samples of a cluster. */
const leastShare = 0.1
const leastSamples = 60

/**
 * Indices of the components that are so.
 * @param means of the samples in the latent space, [n, latent]
 * @param shares responsibilities, [n, C]
 */
export function dividedComponents(means: Matrix, shares: Matrix): number[] {
  return componentGaps(means, shares).flatMap((gaps, c) => (gaps.some(isGap) ? [c] : []))
}

/** Of the two halves of a component. */
export interface Gap {
  /** Distance of their means along the line through them, in sums of their standard deviations along it. */
  readonly apart: number
  /** Share of the samples in the middle fifth of that line. */
  readonly between: number
}

export function isGap({ apart, between }: Gap): boolean {
  return apart >= leastApart && between <= mostBetween
}

/** As the points lie, and once they spread alike in all directions; none where there are too few samples, [C][...]. */
export function componentGaps(means: Matrix, shares: Matrix): Gap[][] {
  const samples = shares.values.length / shares.columns
  return Array.from({ length: shares.columns }, (_, c) => {
    const rows = Array.from({ length: samples }, (_, row) => row).filter(
      (row) => shares.values[row * shares.columns + c]! > 0.5,
    )
    if (rows.length < leastSamples) return []
    const points = Float64Array.from({ length: rows.length * means.columns }, (_, at) => {
      const row = rows[Math.floor(at / means.columns)]!
      return means.values[row * means.columns + (at % means.columns)]!
    })
    // The groups may differ in a direction of little spread, which only shows once all spread alike.
    return [points, standardised(points, means.columns)].flatMap((of) => gapOf(of, means.columns) ?? [])
  })
}

function standardised(points: Float64Array, width: number): Float64Array {
  const n = points.length / width
  const scaled = points.slice()
  for (let j = 0; j < width; j++) {
    let [mean, square] = [0, 0]
    for (let i = 0; i < n; i++) mean += points[i * width + j]! / n
    for (let i = 0; i < n; i++) square += (points[i * width + j]! - mean) ** 2 / n
    for (let i = 0; i < n; i++) scaled[i * width + j] = (points[i * width + j]! - mean) / Math.sqrt(square + 1e-12)
  }
  return scaled
}

/** Of the two halves of k-means; null where one is too small. */
function gapOf(points: Float64Array, width: number): Gap | null {
  const n = points.length / width
  const labels = whole(kMeans(points, width, 2, RandomStream.of(0, 'divided')))
  const count = [0, 0]
  const centre = [new Float64Array(width), new Float64Array(width)]
  for (let i = 0; i < n; i++) {
    count[labels[i]!]!++
    for (let j = 0; j < width; j++) centre[labels[i]!]![j]! += points[i * width + j]!
  }
  if (Math.min(...count) < leastShare * n) return null
  const line = centre[0]!.map((sum, j) => centre[1]![j]! / count[1]! - sum / count[0]!)
  const length = Math.hypot(...line)
  if (length === 0) return null
  const square = [0, 0]
  const along = (i: number): number => line.reduce((sum, step, j) => sum + (step / length) * points[i * width + j]!, 0)
  const middle = [0, 0]
  for (let i = 0; i < n; i++) middle[labels[i]!]! += along(i) / count[labels[i]!]!
  for (let i = 0; i < n; i++) square[labels[i]!]! += (along(i) - middle[labels[i]!]!) ** 2 / count[labels[i]!]!
  const centreOfLine = (middle[0]! + middle[1]!) / 2
  let between = 0
  for (let i = 0; i < n; i++) if (Math.abs(along(i) - centreOfLine) <= length / 10) between += 1 / n
  return { apart: length / (Math.sqrt(square[0]!) + Math.sqrt(square[1]!) + 1e-12), between }
}
