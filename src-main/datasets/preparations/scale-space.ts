/** A curve at several scales (Lindeberg 1998): what of its values, slopes and bends does not depend on where they are. */
import { pooled, scalesOf } from '../../../src-shared/preparations/scale-space-steps.ts'
import { quantile } from '../../statistics/histogram.ts'
import type { SampleStep } from './sample-step.ts'

/** Standard deviations after which a Gaussian is cut off. */
const reach = 4
/** Shares of the points below the upper and the lower tenth. */
const tenths = [0.9, 0.1] as const

/** The first or second derivative of a Gaussian that sums to 1, times scale^order, at -reach to reach standard deviations. */
function kernel(scale: number, order: 1 | 2): Float64Array {
  const half = Math.floor(reach * scale + 0.5)
  const at = Array.from({ length: 2 * half + 1 }, (_, i) => (i - half) / scale)
  const gaussian = at.map((z) => Math.exp(-(z ** 2) / 2))
  const sum = gaussian.reduce((total, value) => total + value, 0)
  return Float64Array.from(at, (z, i) => ((order === 1 ? -z : z ** 2 - 1) * gaussian[i]!) / sum)
}

/** The convolution; beyond its ends the curve is mirrored, the ends twice (d c b a | a b c d | d c b a). */
function convolved(values: Float64Array, weights: Float64Array): Float64Array {
  const n = values.length
  const half = (weights.length - 1) / 2
  return Float64Array.from(values, (_, i) => {
    let sum = 0
    for (let k = -half; k <= half; k++) {
      const place = (((i - k) % (2 * n)) + 2 * n) % (2 * n)
      sum += weights[k + half]! * values[place < n ? place : 2 * n - 1 - place]!
    }
    return sum
  })
}

/** In the order of `pooled`. */
function pool(values: Float64Array): number[] {
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n
  const ordered = values.toSorted()
  return [mean, Math.sqrt(variance), ordered[n - 1]!, ordered[0]!, ...tenths.map((share) => quantile(ordered, share))]
}

/** Of a curve of so many points. */
export function scaleSpace(points: number): SampleStep {
  const kernels = scalesOf(points).flatMap((scale) => [kernel(scale, 1), kernel(scale, 2)])
  return (values) => {
    const curve = Float64Array.from(values)
    const responses = [curve, ...kernels.map((weights) => convolved(curve, weights))]
    const out = new Float64Array(responses.length * pooled.length)
    responses.forEach((response, r) => out.set(pool(response), r * pooled.length))
    return out
  }
}
