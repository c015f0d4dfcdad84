/**
 * How many clusters points have: at each number of them, how far the clusters stand apart, whether parts of the samples
 * show the same ones, and how likely a mixture of so many Gaussians makes samples that it was not fitted to.
 */
import { thresholds } from '../../../../src-shared/methods/causal-pima/thresholds.ts'
import { replicateShare } from '../../../../src-shared/domain/replication.ts'
import type { RandomStream } from '../../../../src-shared/random/stream.ts'
import { adjustedMutualInformation } from '../../../evidence/adjusted-mutual-information.ts'
import {
  fitGaussianMixture,
  type GaussianMixture,
  heldOutLogLikelihood,
  mixturePosteriors,
} from '../../../statistics/gaussian-mixture.ts'
import { likeliest } from '../../../statistics/likeliest.ts'
import type { Piecewise } from '../../../statistics/piecewise.ts'
import { linkages, pointsFitted } from '../mixture/fit-size.ts'
import { everyFew, mergedComponents, mergedMemberships } from '../mixture/mixture.ts'
import { sharpnessOf } from '../../../statistics/sharpness.ts'

/** One way to divide the points. */
export interface Division {
  readonly clusters: number
  /** Likeliest cluster of each point, -1 for stragglers: [n] */
  readonly labels: Int32Array
  readonly sharpness: number
  /** Share of the points in the second largest cluster. */
  readonly second: number
  /** Share of the points that are stragglers. */
  readonly stray: number
}

/** A division with how well parts of the points agree with it. */
export interface DivisionFit extends Division {
  /** Adjusted mutual information of all points' labels with those by parts of them: 1 for the same clusters, 0 for chance. */
  readonly agreement: number
  /** How much of its least stable cluster every part has: intersection over union with the cluster that comes nearest. */
  readonly weakest: number
}

export interface CountFit extends DivisionFit {
  /** Of a mixture of so many Gaussians on the half that it was not fitted to, nats a sample; null: too few samples for so many. */
  readonly logLikelihood: number | null
}

const { oracleCell, suggestedSharpness } = thresholds

const starts = 3
/** Components fitted, as multiples of the largest count; the more, the better curved clusters are followed. */
const oversampled = [0.5, 1, 2]

/** As many components as few points may have all the same. */
const fewComponents = 6

/** Components that so many points of a width can carry: each has a covariance to be estimated. */
function mostComponents(n: number, width: number): number {
  return Math.max(Math.floor(n / (width * (width + 1))), Math.min(fewComponents, Math.floor(n / (2 * width))))
}

/**
 * The clearest division at each number of clusters: of the points fitted, told of all. Where a few stragglers would be
 * clusters of their own the tree is cut further down, until so many clusters of some size are there; the stragglers are in
 * none.
 */
function* divisions(
  fitted: Float64Array,
  all: Float64Array,
  width: number,
  counts: readonly number[],
  random: RandomStream,
): Piecewise<Map<number, Division[]>> {
  const ways = new Map<number, Division[]>()
  const most = mostComponents(fitted.length / width, width)
  const sizes = new Set(oversampled.map((factor) => Math.min(Math.round(factor * counts.at(-1)!), most)))
  for (const components of sizes) {
    if (components < 3) continue
    const mixture = yield* fitGaussianMixture(fitted, width, { components, starts }, random)
    const posteriors = yield* mixturePosteriors(mixture, all)
    const cuts = Array.from({ length: components - 2 }, (_, i) => i + 2)
    for (const linkage of linkages) {
      const found = new Set<number>()
      for (const { clusters: cut, labels } of mergedComponents(mixture, cuts, linkage)) {
        const division = divided(mergedMemberships(posteriors, labels, cut), cut)
        if (found.has(division.clusters) || !counts.includes(division.clusters)) continue
        found.add(division.clusters)
        ways.set(division.clusters, [...(ways.get(division.clusters) ?? []), division])
        yield `dividing the samples into ${division.clusters} clusters`
      }
    }
  }
  return ways
}

/** Clusters that hold enough samples, and the samples that lie in them. */
function divided(memberships: Float64Array, cut: number): Division {
  const n = memberships.length / cut
  const counts = new Array<number>(cut).fill(0)
  const likeliestOf = likeliest(memberships, cut)
  for (const label of likeliestOf) counts[label]! += 1
  const kept = counts.flatMap((count, label) => (count >= oracleCell * n ? [label] : []))
  const rows = Array.from(likeliestOf.keys()).filter((d) => counts[likeliestOf[d]!]! >= oracleCell * n)
  const among = new Float64Array(rows.length * kept.length)
  rows.forEach((d, i) => kept.forEach((label, k) => (among[i * kept.length + k] = memberships[d * cut + label]!)))
  return {
    clusters: kept.length,
    labels: likeliestOf.map((label) => kept.indexOf(label)),
    sharpness: sharpnessOf(among, kept.length),
    stray: 1 - rows.length / n,
    second: (counts.toSorted((a, b) => b - a)[1] ?? 0) / n,
  }
}

/** Rows of points [n, width]. */
function rowsOf(points: Float64Array, width: number, rows: Int32Array): Float64Array {
  const out = new Float64Array(rows.length * width)
  rows.forEach((row, i) => out.set(points.subarray(row * width, (row + 1) * width), i * width))
  return out
}

/**
 * The clearest division at each number of clusters above 1 that there is one for, with how well parts of the samples agree.
 * @param points [n, width]
 * @param counts ascending
 */
export function* divisionFits(
  points: ArrayLike<number>,
  width: number,
  counts: readonly number[],
  random: RandomStream,
): Piecewise<DivisionFit[]> {
  const all = Float64Array.from(points)
  const n = all.length / width
  const whole = yield* divisions(everyFew(all, width, pointsFitted), all, width, counts, random)
  const parts: Map<number, Division[]>[] = []
  for (let part = 0; part < 2; part++) {
    const rows = random
      .permutation(n)
      .slice(0, Math.ceil(replicateShare * n))
      .sort()
    parts.push(yield* divisions(everyFew(rowsOf(all, width, rows), width, pointsFitted), all, width, counts, random))
  }
  const fits: DivisionFit[] = []
  for (const clusters of counts) {
    const found = (whole.get(clusters) ?? []).map((division) => replicated(division, parts))
    yield `comparing parts of the samples at ${clusters} clusters`
    const [first] = found.sort(
      (a, b) =>
        Number(b.sharpness >= suggestedSharpness) - Number(a.sharpness >= suggestedSharpness) ||
        b.weakest - a.weakest ||
        b.agreement - a.agreement,
    )
    if (first !== undefined) fits.push(first)
  }
  return fits
}

/**
 * Every number of clusters that the samples can carry, with how likely a mixture of so many Gaussians makes other samples.
 * @param points [n, width]
 * @param counts ascending, from 1 on
 */
export function* countFits(
  points: ArrayLike<number>,
  width: number,
  counts: readonly number[],
  random: RandomStream,
): Piecewise<CountFit[]> {
  const all = Float64Array.from(points)
  const n = all.length / width
  const divided = yield* divisionFits(all, width, counts, random)
  const order = random.permutation(n)
  const halves = [order.slice(0, n >> 1).sort(), order.slice(n >> 1).sort()].map((rows) =>
    everyFew(rowsOf(all, width, rows), width, pointsFitted),
  )
  const fits: CountFit[] = []
  for (const clusters of counts) {
    const carried = clusters === 1 || clusters <= mostComponents(n >> 1, width)
    const logLikelihood = carried ? yield* heldOut(halves, width, clusters, random) : null
    const fit = clusters === 1 ? undivided(n) : divided.find((one) => one.clusters === clusters)
    if (fit !== undefined) fits.push({ ...fit, logLikelihood })
  }
  return fits
}

/** All points in one cluster. */
function undivided(n: number): DivisionFit {
  return { clusters: 1, labels: new Int32Array(n), sharpness: 1, stray: 0, second: 0, agreement: 1, weakest: 1 }
}

/**
 * A division with how well parts of the samples agree: each of its clusters may be one of any division of a part, for where
 * the part is too small to show a rare cluster it still shows the others.
 */
function replicated(division: Division, parts: readonly ReadonlyMap<number, readonly Division[]>[]): DivisionFit {
  const agreement = parts.map((ways) =>
    (ways.get(division.clusters) ?? [])
      .map((way) => agreementOf(division.labels, way.labels))
      .reduce((best, one) => Math.max(best, one), 0),
  )
  return {
    ...division,
    weakest: Math.min(...parts.map((ways) => weakestOverlap(division, [...ways.values()].flat()))),
    agreement: agreement.reduce((sum, one) => sum + one, 0) / agreement.length,
  }
}

/** Adjusted mutual information over the points that both have in a cluster. */
function agreementOf(first: Int32Array, second: Int32Array): number {
  const both = Array.from(first.keys()).filter((d) => first[d]! >= 0 && second[d]! >= 0)
  return adjustedMutualInformation(
    both.map((d) => first[d]!),
    both.map((d) => second[d]!),
  )
}

/** The smallest overlap of a cluster with the one that comes nearest (Jaccard; clusterwise stability, Hennig 2007). */
export function weakestOverlap(
  first: Pick<Division, 'clusters' | 'labels'>,
  ways: readonly Pick<Division, 'clusters' | 'labels'>[],
): number {
  const nearest = new Array<number>(first.clusters).fill(0)
  for (const second of ways)
    overlaps(first, second).forEach((overlap, cluster) => (nearest[cluster] = Math.max(nearest[cluster]!, overlap)))
  return Math.min(...nearest)
}

/** The largest overlap of each cluster of the first with one of the second, over the points that both have in a cluster. */
function overlaps(
  first: Pick<Division, 'clusters' | 'labels'>,
  second: Pick<Division, 'clusters' | 'labels'>,
): number[] {
  const together = Array.from({ length: first.clusters }, () => new Array<number>(second.clusters).fill(0))
  const own = new Array<number>(first.clusters).fill(0)
  const other = new Array<number>(second.clusters).fill(0)
  first.labels.forEach((a, d) => {
    const b = second.labels[d]!
    if (a < 0 || b < 0) return
    together[a]![b]!++
    own[a]!++
    other[b]!++
  })
  return together.map((row, a) =>
    row.reduce((best, both, b) => (both === 0 ? best : Math.max(best, both / (own[a]! + other[b]! - both))), 0),
  )
}

/** Mean log likelihood of each half under the mixture of the other. */
function* heldOut(
  halves: readonly Float64Array[],
  width: number,
  components: number,
  random: RandomStream,
): Piecewise<number> {
  let sum = 0
  let samples = 0
  for (const [at, half] of halves.entries()) {
    const other = halves[1 - at]!
    const mixture: GaussianMixture = yield* fitGaussianMixture(half, width, { components, starts }, random)
    sum += (yield* heldOutLogLikelihood(mixture, other)) * (other.length / width)
    samples += other.length / width
  }
  return sum / samples
}
