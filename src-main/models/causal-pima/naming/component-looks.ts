/**
 * What mixture components look like in one modality: the mean of its values per component, how far noise moves that
 * mean, and whether the components differ in it at all.
 */
import { thresholds } from '../../../../src-shared/methods/causal-pima/thresholds.ts'
import { chiSquaredTail } from '../../../statistics/special-functions.ts'

export interface ComponentLooks {
  readonly components: number
  readonly width: number
  /** [C, width]; zeros where a component was not seen. */
  readonly means: Float64Array
  /** [C] 1 where the component has samples with the modality. */
  readonly seen: Uint8Array
  /** [width] variance within components, pooled. */
  readonly within: Float64Array
  /** [C] by how much of `within` a component's mean varies: 1 / its number of samples. */
  readonly spread: Float64Array
  /** Share of the squared distances between means that noise alone would make, at most 1. */
  readonly noiseShare: number
  /** Probability of means as far apart where the components do not differ in the modality. */
  readonly pValue: number
}

/**
 * Responsibility-weighted means over the samples that have the modality.
 * @param responsibilities [n, C]
 * @param data [n, width]
 * @param present [n], 0 where the sample lacks the modality
 */
export function componentLooks(
  responsibilities: ArrayLike<number>,
  components: number,
  data: ArrayLike<number>,
  present: ArrayLike<number>,
): ComponentLooks {
  const n = present.length
  const width = data.length / n
  const means = new Float64Array(components * width)
  const weights = new Float64Array(components)
  const total = new Float64Array(width)
  const squares = new Float64Array(width)
  let samples = 0
  for (let d = 0; d < n; d++) {
    if (present[d] === 0) continue
    samples++
    const from = d * width
    for (let x = 0; x < width; x++) {
      total[x]! += data[from + x]!
      squares[x]! += data[from + x]! ** 2
    }
    for (let a = 0; a < components; a++) {
      const gamma = responsibilities[d * components + a]!
      // Far below float32 rounding of the means, and most responsibilities are this small.
      if (gamma < 1e-9) continue
      weights[a]! += gamma
      const to = a * width
      for (let x = 0; x < width; x++) means[to + x]! += gamma * data[from + x]!
    }
  }
  const seen = Uint8Array.from(weights, (weight) => (weight >= thresholds.seenFrom ? 1 : 0))
  const between = new Float64Array(width)
  for (let a = 0; a < components; a++) {
    const row = means.subarray(a * width, (a + 1) * width)
    if (seen[a] === 0) row.fill(0)
    else
      for (let x = 0; x < width; x++) {
        row[x]! /= weights[a]!
        between[x]! += weights[a]! * (row[x]! - total[x]! / samples) ** 2
      }
  }
  const groups = seen.reduce((sum, here) => sum + here, 0)
  const freedom = samples - groups
  const within = squares.map((square, x) => {
    const spread = square - total[x]! ** 2 / Math.max(samples, 1) - between[x]!
    // Differences of sums of squares: what rounding leaves is no noise.
    return freedom > 0 && spread > 1e-12 * square ? spread / freedom : 0
  })
  const looks = { components, width, means, seen, within, spread: weights.map((weight) => 1 / Math.max(weight, 1)) }
  return { ...looks, noiseShare: noiseShareOf(looks), pValue: pValueOf(looks, weights, between, data, present) }
}

type Means = Omit<ComponentLooks, 'noiseShare' | 'pValue'>

/** Squared distances hold within * (1 / n_a + 1 / n_b) of noise. */
function noiseShareOf({ components, width, means, seen, within, spread }: Means): number {
  const trace = within.reduce((sum, variance) => sum + variance, 0)
  let [noise, observed] = [0, 0]
  for (let a = 0; a < components; a++)
    for (let b = a + 1; b < components; b++) {
      if (seen[a] === 0 || seen[b] === 0) continue
      noise += trace * (spread[a]! + spread[b]!)
      for (let x = 0; x < width; x++) observed += (means[a * width + x]! - means[b * width + x]!) ** 2
    }
  return observed > 0 ? Math.min(1, noise / observed) : 1
}

const pairsForFreedom = 1000

/**
 * Analysis of variance of correlated values (Box 1954): between / ((groups - 1) tr S) is about a chi-squared over its
 * degrees of freedom, (groups - 1) (tr S)^2 / tr S^2; tr S^2 is the mean squared inner product of two samples' deviations.
 */
function pValueOf(
  { components, width, means, seen, within }: Means,
  weights: Float64Array,
  between: Float64Array,
  data: ArrayLike<number>,
  present: ArrayLike<number>,
): number {
  const groups = seen.reduce((sum, here) => sum + here, 0)
  const spread = between.reduce((sum, x) => sum + x, 0)
  const trace = within.reduce((sum, variance) => sum + variance, 0)
  if (groups < 2 || spread === 0) return 1
  if (trace === 0) return 0
  // Deviations from the overall mean, less what the means' own spread adds: memberships need not be certain.
  const share = weights.map((weight) => weight / weights.reduce((sum, w) => sum + w, 0))
  const overall = new Float64Array(width)
  for (let a = 0; a < components; a++) for (let x = 0; x < width; x++) overall[x]! += share[a]! * means[a * width + x]!
  const rows: number[] = []
  for (let d = 0; d < present.length; d++) if (present[d] !== 0) rows.push(d)
  const step = Math.max(1, Math.floor(rows.length / 2 / pairsForFreedom))
  let [sum, count] = [0, 0]
  const half = Math.floor(rows.length / 2)
  for (let i = 0; i < half; i += step) {
    const [p, q] = [rows[i]! * width, rows[i + half]! * width]
    let product = 0
    for (let x = 0; x < width; x++) product += (data[p + x]! - overall[x]!) * (data[q + x]! - overall[x]!)
    sum += product ** 2
    count++
  }
  // Where the components do not differ the deviations' covariance is S; where they do, fewer degrees of freedom are assumed.
  const freedom = (groups - 1) * Math.max(1, trace ** 2 / Math.max(sum / Math.max(count, 1), 1e-300))
  return chiSquaredTail((freedom * spread) / ((groups - 1) * trace), freedom)
}
