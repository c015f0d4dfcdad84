/**
 * The mixture that training starts from (causal-pima.md section 5.2): more full-covariance components than outcomes,
 * merged down by average linkage. Fitting C components at once lets two rare ones share a Gaussian; never chosen by labels.
 */
import { agnes } from 'ml-hclust'
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import type { GaussianMixture } from './gaussian-mixture.ts'
import { fitGaussianMixture, mixturePosteriors } from './gaussian-mixture.ts'

export interface Memberships {
  /** [n, C] */
  readonly memberships: Float64Array
  /** Mean log-likelihood of the fitted mixture, nats a point. */
  readonly logLikelihood: number
}

/** Mixtures are fitted to at most this many points, evenly spread; all points get memberships. */
const pointsFitted = 8192
const starts = 5
/** Beyond this many components one fit takes seconds. */
const manyComponents = 64

/**
 * Soft memberships of points in `components` clusters.
 * @param points [n, width], finite, n >= components
 */
export function mixtureMemberships(
  points: ArrayLike<number>,
  width: number,
  components: number,
  random: RandomStream,
): Memberships {
  const all = Float64Array.from(points)
  const fitted = everyFew(all, width, pointsFitted)
  const n = fitted.length / width
  const mixture = fitGaussianMixture(
    fitted,
    width,
    { components: Math.min(2 * components, n), starts: 2 * components > manyComponents ? 2 : starts },
    random,
  )
  const clusters = mergedComponents(mixture, components)
  const posteriors = mixturePosteriors(mixture, all)
  const memberships = new Float64Array((all.length / width) * components)
  for (let at = 0; at < posteriors.length; at++) {
    const row = Math.floor(at / mixture.components)
    memberships[row * components + clusters[at % mixture.components]!]! += posteriors[at]!
  }
  return { memberships, logLikelihood: mixture.logLikelihood }
}

/** Cluster of each mixture component after merging down to `clusters` by average linkage, [K]. */
export function mergedComponents(mixture: GaussianMixture, clusters: number): Int32Array {
  const { components } = mixture
  const labels = Int32Array.from({ length: components }, (_, k) => k)
  if (components <= clusters) return labels
  const square = Array.from({ length: components }, (_, a) =>
    Array.from({ length: components }, (_, b) => squaredMahalanobis(mixture, a, b)),
  )
  const smaller = square.map((row, a) => row.map((value, b) => Math.min(value, square[b]![a]!)))
  const tree = agnes(smaller, { method: 'average', isDistanceMatrix: true })
  tree.group(clusters).children.forEach((cluster, label) => {
    for (const component of cluster.indices()) labels[component] = label
  })
  return labels
}

/** Squared distance of the means of components a and b in units of a's covariance. */
function squaredMahalanobis({ width, means, precisionRoots }: GaussianMixture, a: number, b: number): number {
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

function everyFew(points: Float64Array, width: number, most: number): Float64Array {
  const n = points.length / width
  if (n <= most) return points
  const chosen = new Float64Array(most * width)
  for (let d = 0; d < most; d++) {
    const from = Math.floor((d * n) / most) * width
    chosen.set(points.subarray(from, from + width), d * width)
  }
  return chosen
}
