/**
 * Gaussian mixtures by expectation maximisation in float64, with the defaults of scikit-learn's GaussianMixture: k-means
 * starts, covariances floored by 1e-6, stop when the mean log-likelihood gains less than 1e-3 nats.
 */
import type { RandomStream } from '../../src-shared/random/stream.ts'
import { kMeans } from './k-means.ts'
import type { Piecewise } from './piecewise.ts'

export interface GaussianMixture {
  readonly components: number
  readonly width: number
  /** [K] */
  readonly weights: Float64Array
  /** [K, width] */
  readonly means: Float64Array
  /** [K, width, width] */
  readonly covariances: Float64Array
  /** Lower triangles P with P^T P = inverse covariance, [K, width, width]. */
  readonly precisionRoots: Float64Array
  /** Mean log-likelihood of the points fitted, nats a point. */
  readonly logLikelihood: number
  readonly converged: boolean
}

export interface MixtureOptions {
  readonly components: number
  readonly covariance?: 'full' | 'diagonal'
  /** Fits from different starts; the likeliest is kept. */
  readonly starts?: number
  /** Start at these means, [K, width], instead of k-means: a single fit. */
  readonly means?: Float64Array
}

const covarianceFloor = 1e-6
const tolerance = 1e-3
const maximumIterations = 100
/** Responsibilities below this move no sum in float64. */
const negligible = 1e-12

/**
 * Fits a mixture to points [n, width]; n must reach the number of components. Throws RangeError when a covariance cannot
 * be made positive definite, which only non-finite points can cause.
 */
export function* fitGaussianMixture(
  points: Float64Array,
  width: number,
  options: MixtureOptions,
  random: RandomStream,
): Piecewise<GaussianMixture> {
  const starts = options.means === undefined ? (options.starts ?? 5) : 1
  let best: GaussianMixture | null = null
  for (let start = 0; start < starts; start++) {
    const fit = yield* new Expectation(points, width, options).run(options.means, random)
    if (best === null || fit.logLikelihood > best.logLikelihood) best = fit
  }
  if (best === null) throw new RangeError('a mixture needs at least one start')
  return best
}

/** Posterior probability of each component for points [n, width]: [n, K]. */
export function* mixturePosteriors(mixture: GaussianMixture, points: Float64Array): Piecewise<Float64Array> {
  const posteriors = new Float64Array((points.length / mixture.width) * mixture.components)
  yield* expect(mixture, points, posteriors)
  return posteriors
}

/** Mean log-likelihood of points [n, width] that the mixture may not have been fitted to, nats a point. */
export function* heldOutLogLikelihood(mixture: GaussianMixture, points: Float64Array): Piecewise<number> {
  return yield* expect(mixture, points, new Float64Array((points.length / mixture.width) * mixture.components))
}

type Densities = Omit<GaussianMixture, 'logLikelihood' | 'converged' | 'covariances'>

/** Multiply-adds of one piece: some tens of milliseconds. */
const pieceWork = 5e7

/** Fills `posteriors` [n, K] and returns the mean log-likelihood. */
function* expect(mixture: Densities, points: Float64Array, posteriors: Float64Array): Piecewise<number> {
  const { components, width, weights, means, precisionRoots } = mixture
  const n = points.length / width
  const offsets = new Float64Array(components * width)
  const constants = new Float64Array(components)
  for (let k = 0; k < components; k++) {
    let logRoot = 0
    for (let i = 0; i < width; i++) {
      const row = (k * width + i) * width
      for (let j = 0; j <= i; j++) offsets[k * width + i]! += precisionRoots[row + j]! * means[k * width + j]!
      logRoot += Math.log(precisionRoots[row + i]!)
    }
    constants[k] = Math.log(weights[k]!) + logRoot - 0.5 * width * Math.log(2 * Math.PI)
  }
  const rows = Math.ceil(pieceWork / (components * width * width))
  let total = 0
  for (let d = 0; d < n; d++) {
    total += expectPoint(mixture, { offsets, constants }, points, d, posteriors)
    if ((d + 1) % rows === 0) yield `weighing ${components} Gaussians`
  }
  return total / n
}

/** Fills the posteriors of point `d` and returns its log-likelihood. */
function expectPoint(
  { components, width, precisionRoots }: Densities,
  { offsets, constants }: { readonly offsets: Float64Array; readonly constants: Float64Array },
  points: Float64Array,
  d: number,
  posteriors: Float64Array,
): number {
  const row = d * components
  let highest = -Infinity
  for (let k = 0; k < components; k++) {
    let square = 0
    for (let i = 0; i < width; i++) {
      const root = (k * width + i) * width
      let y = -offsets[k * width + i]!
      for (let j = 0; j <= i; j++) y += precisionRoots[root + j]! * points[d * width + j]!
      square += y * y
    }
    const logDensity = constants[k]! - 0.5 * square
    posteriors[row + k] = logDensity
    if (logDensity > highest) highest = logDensity
  }
  let sum = 0
  for (let k = 0; k < components; k++) {
    const below = posteriors[row + k]! - highest
    // exp(-40) is beyond what float64 adds to 1.
    sum += posteriors[row + k] = below < -40 ? 0 : Math.exp(below)
  }
  for (let k = 0; k < components; k++) posteriors[row + k]! /= sum
  return highest + Math.log(sum)
}

class Expectation {
  readonly #points: Float64Array
  readonly #options: MixtureOptions
  readonly #n: number
  readonly #posteriors: Float64Array
  readonly #mixture: {
    readonly components: number
    readonly width: number
    readonly weights: Float64Array
    readonly means: Float64Array
    readonly covariances: Float64Array
    readonly precisionRoots: Float64Array
  }

  constructor(points: Float64Array, width: number, options: MixtureOptions) {
    const { components } = options
    this.#points = points
    this.#options = options
    this.#n = points.length / width
    this.#posteriors = new Float64Array(this.#n * components)
    this.#mixture = {
      components,
      width,
      weights: new Float64Array(components),
      means: new Float64Array(components * width),
      covariances: new Float64Array(components * width * width),
      precisionRoots: new Float64Array(components * width * width),
    }
  }

  *run(means: Float64Array | undefined, random: RandomStream): Piecewise<GaussianMixture> {
    const { components, width } = this.#mixture
    const labels =
      means === undefined
        ? yield* kMeans(this.#points, width, components, random)
        : nearestMeans(this.#points, width, means, components)
    labels.forEach((label, d) => (this.#posteriors[d * components + label] = 1))
    this.#maximise()
    if (means !== undefined) this.#mixture.means.set(means)
    let logLikelihood = -Infinity
    let converged = false
    for (let iteration = 0; iteration < maximumIterations && !converged; iteration++) {
      const before = logLikelihood
      logLikelihood = yield* expect(this.#mixture, this.#points, this.#posteriors)
      this.#maximise()
      converged = Math.abs(logLikelihood - before) < tolerance
      yield `fitting ${components} Gaussians`
    }
    return { ...this.#mixture, logLikelihood, converged }
  }

  /** Weights, means and covariances of the posteriors. */
  #maximise(): void {
    const { components, width, weights, means, covariances } = this.#mixture
    const points = this.#points
    const posteriors = this.#posteriors
    // A component without points keeps a positive weight, as in scikit-learn.
    weights.fill(10 * Number.EPSILON)
    means.fill(0)
    covariances.fill(0)
    for (let d = 0; d < this.#n; d++) {
      for (let k = 0; k < components; k++) {
        const gamma = posteriors[d * components + k]!
        if (gamma < negligible) continue
        weights[k]! += gamma
        for (let i = 0; i < width; i++) means[k * width + i]! += gamma * points[d * width + i]!
      }
    }
    for (let at = 0; at < means.length; at++) means[at]! /= weights[Math.floor(at / width)]!
    const difference = new Float64Array(width)
    for (let d = 0; d < this.#n; d++) {
      for (let k = 0; k < components; k++) {
        const gamma = posteriors[d * components + k]!
        if (gamma < negligible) continue
        for (let i = 0; i < width; i++) difference[i] = points[d * width + i]! - means[k * width + i]!
        for (let i = 0; i < width; i++) {
          const row = (k * width + i) * width
          const scaled = gamma * difference[i]!
          for (let j = 0; j <= i; j++) covariances[row + j]! += scaled * difference[j]!
        }
      }
    }
    this.#finishCovariances()
    let total = 0
    for (const weight of weights) total += weight
    for (let k = 0; k < components; k++) weights[k]! /= total
  }

  #finishCovariances(): void {
    const { components, width, weights, covariances, precisionRoots } = this.#mixture
    const diagonal = this.#options.covariance === 'diagonal'
    for (let k = 0; k < components; k++) {
      const block = k * width * width
      for (let i = 0; i < width; i++) {
        for (let j = 0; j <= i; j++) {
          const value = diagonal && i !== j ? 0 : covariances[block + i * width + j]! / weights[k]!
          covariances[block + i * width + j] = covariances[block + j * width + i] = value
        }
        covariances[block + i * width + i]! += covarianceFloor
      }
      precisionRoot(
        covariances.subarray(block, block + width * width),
        precisionRoots.subarray(block, block + width * width),
        width,
      )
    }
  }
}

function nearestMeans(points: Float64Array, width: number, means: Float64Array, components: number): Int32Array {
  return Int32Array.from({ length: points.length / width }, (_, d) => {
    let best = Infinity
    let label = 0
    for (let k = 0; k < components; k++) {
      let distance = 0
      for (let i = 0; i < width; i++) distance += (points[d * width + i]! - means[k * width + i]!) ** 2
      if (distance < best) {
        best = distance
        label = k
      }
    }
    return label
  })
}

/** The inverse of the covariance's Cholesky factor, a lower triangle, into `root`. */
function precisionRoot(covariance: Float64Array, root: Float64Array, width: number): void {
  const factor = new Float64Array(width * width)
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = covariance[i * width + j]!
      for (let m = 0; m < j; m++) sum -= factor[i * width + m]! * factor[j * width + m]!
      if (i !== j) factor[i * width + j] = sum / factor[j * width + j]!
      else if (sum > 0) factor[i * width + i] = Math.sqrt(sum)
      else throw new RangeError('a mixture component has a covariance that is not positive definite')
    }
  }
  root.fill(0)
  for (let j = 0; j < width; j++) {
    for (let i = j; i < width; i++) {
      let sum = i === j ? 1 : 0
      for (let m = j; m < i; m++) sum -= factor[i * width + m]! * root[m * width + j]!
      root[i * width + j] = sum / factor[i * width + i]!
    }
  }
}
