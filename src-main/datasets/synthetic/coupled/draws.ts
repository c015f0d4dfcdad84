/** Draws that the coupled latents are made of: points of a sphere, and deviations of several shapes. */
import type { RandomStream } from '../../../../src-shared/random/stream.ts'

/** Uniform on the unit sphere of d dimensions, [d]. */
export function onSphere(d: number, random: RandomStream): Float64Array {
  return normalised(Float64Array.from({ length: d }, () => random.normal()))
}

/** The vector at length 1; it is changed in place. */
export function normalised(x: Float64Array): Float64Array {
  const length = Math.hypot(...x)
  for (let k = 0; k < x.length; k++) x[k]! /= length
  return x
}

/**
 * Von Mises-Fisher around `mean` with density proportional to exp(kappa <mean, x>): Wood's rejection sampler
 * (Wood 1994, Communications in Statistics 23). `mean` has length 1 and two dimensions or more.
 */
export function vonMisesFisher(mean: Float64Array, kappa: number, random: RandomStream): Float64Array {
  const d = mean.length - 1
  const b = d / (Math.sqrt(4 * kappa * kappa + d * d) + 2 * kappa)
  const x0 = (1 - b) / (1 + b)
  const c = kappa * x0 + d * Math.log(1 - x0 * x0)
  let along: number
  do {
    const z = symmetricBeta(d, random)
    along = (1 - (1 + b) * z) / (1 - (1 - b) * z)
  } while (kappa * along + d * Math.log(1 - x0 * along) - c < Math.log(1 - random.uniform()))
  // A direction across the mean, uniform among those.
  const across = Float64Array.from(mean, () => random.normal())
  const inner = across.reduce((sum, value, k) => sum + value * mean[k]!, 0)
  normalised(across.map((value, k) => value - inner * mean[k]!)).forEach((value, k) => (across[k] = value))
  const rest = Math.sqrt(Math.max(0, 1 - along * along))
  return across.map((value, k) => along * mean[k]! + rest * value)
}

/** Beta(d / 2, d / 2) of two chi-squared draws with d degrees of freedom. */
function symmetricBeta(d: number, random: RandomStream): number {
  const chiSquared = (): number => {
    let sum = 0
    for (let i = 0; i < d; i++) sum += random.normal() ** 2
    return sum
  }
  const first = chiSquared()
  return first / (first + chiSquared())
}

/** Shapes of a deviation in one coordinate; `scale` is b, sigma or alpha of its density. */
export const deviations = {
  /** exp(-|x| / b) */
  laplace: (scale, random) => {
    const u = random.uniform() - 0.5
    return -scale * Math.sign(u) * Math.log(1 - 2 * Math.abs(u) + Number.MIN_VALUE)
  },
  /** exp(-x^2 / 2 sigma^2) */
  normal: (scale, random) => scale * random.normal(),
  /** exp(-|x / alpha|^3) */
  'generalised-normal': (scale, random) => (random.uniform() < 0.5 ? -scale : scale) * Math.cbrt(gamma(1 / 3, random)),
} as const satisfies Readonly<Record<string, (scale: number, random: RandomStream) => number>>

export type Deviation = keyof typeof deviations

/** Gamma(shape, 1): Marsaglia & Tsang 2000, with their boost for shapes below 1. */
function gamma(shape: number, random: RandomStream): number {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random.uniform()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = random.normal()
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}
