/**
 * The mixture that training starts from (causal-pima.md section 5.2): more full-covariance components than outcomes,
 * merged down by linkage on the smaller Mahalanobis distance of their means. Fitting C components at once lets two rare
 * ones share a Gaussian; never chosen by labels.
 *
 * Both linkages are offered. Average linkage holds clusters together that touch, but cuts a long curved one before it
 * joins two rare ones; single linkage follows the curve. The gap of the merging heights tells which fits: on latents of
 * well-separated circles single linkage has a gap of 4 to 11 and every cluster right, average linkage 1 to 3.
 */
import { agnes, type Cluster } from 'ml-hclust'
import type { RandomStream } from '../../../../src-shared/random/stream.ts'
import type { GaussianMixture } from '../../../statistics/gaussian-mixture.ts'
import { fitGaussianMixture, mixturePosteriors } from '../../../statistics/gaussian-mixture.ts'
import type { Piecewise } from '../../../statistics/piecewise.ts'
import { type Linkage, linkages, pointsFitted } from './fit-size.ts'

export interface Clustering {
  /** In words: how the clusters were found. */
  readonly how: string
  /** [n, C] */
  readonly memberships: Float64Array
  /**
   * Height of the first merging not made over that of the last one made: well above 1 where the clusters stand apart at
   * just this number. 1 where nothing was merged.
   */
  readonly gap: number
}

const starts = 5
/** Beyond this many components one fit takes seconds. */
const manyComponents = 64

/**
 * Soft memberships of points in `components` clusters, once for each linkage.
 * @param points [n, width], finite, n >= components
 */
export function* mixtureClusterings(
  points: ArrayLike<number>,
  width: number,
  components: number,
  random: RandomStream,
): Piecewise<Clustering[]> {
  const all = Float64Array.from(points)
  const fitted = everyFew(all, width, pointsFitted)
  const n = fitted.length / width
  const mixture = yield* fitGaussianMixture(
    fitted,
    width,
    { components: Math.min(2 * components, n), starts: 2 * components > manyComponents ? 2 : starts },
    random,
  )
  const posteriors = yield* mixturePosteriors(mixture, all)
  return linkages.map((linkage) => {
    const [merging] = mergedComponents(mixture, [components], linkage)
    const { labels, gap } = merging!
    return {
      how: `${linkage} linkage`,
      memberships: mergedMemberships(posteriors, labels, components),
      gap,
    }
  })
}

export interface Merging {
  readonly clusters: number
  /** Cluster of each mixture component, [K] */
  readonly labels: Int32Array
  readonly gap: number
}

/** Soft memberships [n, clusters] from the posteriors [n, K] of components that belong to clusters. */
export function mergedMemberships(posteriors: Float64Array, labels: Int32Array, clusters: number): Float64Array {
  const components = labels.length
  const memberships = new Float64Array((posteriors.length / components) * clusters)
  for (let at = 0; at < posteriors.length; at++) {
    const row = Math.floor(at / components)
    memberships[row * clusters + labels[at % components]!]! += posteriors[at]!
  }
  return memberships
}

/** The components of a mixture merged down to each of some numbers of clusters, from one tree. */
export function mergedComponents(mixture: GaussianMixture, counts: readonly number[], linkage: Linkage): Merging[] {
  const { components } = mixture
  const unmerged = (clusters: number): Merging => ({
    clusters,
    labels: Int32Array.from({ length: components }, (_, k) => k),
    gap: 1,
  })
  if (counts.every((clusters) => components <= clusters)) return counts.map(unmerged)
  const square = Array.from({ length: components }, (_, a) =>
    Array.from({ length: components }, (_, b) => squaredMahalanobis(mixture, a, b)),
  )
  const smaller = square.map((row, a) => row.map((value, b) => Math.min(value, square[b]![a]!)))
  const tree = agnes(smaller, { method: linkage, isDistanceMatrix: true })
  const heights = mergingHeights(tree).sort((a, b) => b - a)
  return counts.map((clusters) => {
    if (components <= clusters) return unmerged(clusters)
    const labels = new Int32Array(components)
    tree.group(clusters).children.forEach((cluster, label) => {
      for (const component of cluster.indices()) labels[component] = label
    })
    const notMade = heights[clusters - 2]
    const lastMade = heights[clusters - 1]!
    return { clusters, labels, gap: notMade === undefined || lastMade <= 0 ? 1 : notMade / lastMade }
  })
}

/** Squared Mahalanobis distance of the means of the two halves of a uniform spread: 12 of their variances. */
const halves = 12

type Placed = Pick<GaussianMixture, 'components' | 'width' | 'means' | 'precisionRoots'>

/**
 * How far apart the nearest components of a mixture lie, over what the halves of a continuum do: 1 or less for pieces of
 * one, the fewer the components are the surer.
 */
export function apartness(mixture: Placed): number {
  let nearest = Infinity
  for (let a = 0; a < mixture.components; a++)
    for (let b = 0; b < mixture.components; b++)
      if (a !== b) nearest = Math.min(nearest, squaredMahalanobis(mixture, a, b))
  return nearest / halves
}

function mergingHeights(tree: Cluster): number[] {
  return tree.children.length === 0 ? [] : [tree.height, ...tree.children.flatMap(mergingHeights)]
}

/** Squared distance of the means of components a and b in units of a's covariance. */
function squaredMahalanobis({ width, means, precisionRoots }: Placed, a: number, b: number): number {
  let square = 0
  for (let i = 0; i < width; i++) {
    let y = 0
    for (let j = 0; j <= i; j++) {
      y += precisionRoots[(a * width + i) * width + j]! * (means[a * width + j]! - means[b * width + j]!)
    }
    square += y * y
  }
  return square
}

/** At most `most` of points [n, width], evenly spread. */
export function everyFew(points: Float64Array, width: number, most: number): Float64Array {
  const n = points.length / width
  if (n <= most) return points
  const chosen = new Float64Array(most * width)
  for (let d = 0; d < most; d++) {
    const from = Math.floor((d * n) / most) * width
    chosen.set(points.subarray(from, from + width), d * width)
  }
  return chosen
}
