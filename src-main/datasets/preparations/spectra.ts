/** Power spectra of images and curves and what is read from them. Images are [height, width, channels], curves [1, points, 1]. */
import { frequenciesOf } from '../../../src-shared/preparations/grid.ts'
import { bandsOf } from '../../../src-shared/preparations/spectrum-steps.ts'
import { power2d } from './fourier.ts'
import { extremes, isFlat, SampleProblem, type SampleStep } from './sample-step.ts'

export type ImageSize = readonly [height: number, width: number, channels: number]

interface Power {
  /** [height, width], the frequency 0 first; mean over the channels. */
  readonly power: Float64Array
  /** Mean of `power`: the variance of the (tapered) image. */
  readonly variance: number
}

/** Periodic Hann window, or 1 everywhere. */
function taperOf(n: number, hann: boolean): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => (hann && n > 1 ? 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / n) : 1))
}

/** |DFT|^2 of the image without its mean, tapered, over the sum of the squared taper: its mean is the image's variance. */
function powerOf([height, width, channels]: ImageSize, hann: boolean): (values: Float64Array) => Power {
  const points = height === 1 ? 'points' : 'pixels'
  const transform = power2d(height, width)
  const [down, across] = [taperOf(height, hann), taperOf(width, hann)]
  const taper = Float64Array.from(
    { length: height * width },
    (_, i) => down[Math.floor(i / width)]! * across[i % width]!,
  )
  const sum = taper.reduce((total, t) => total + t, 0)
  const squares = taper.reduce((total, t) => total + t * t, 0)
  return (values) => {
    if (isFlat(extremes(values))) throw new SampleProblem(`all its ${points} are alike, so it has no spectrum`)
    const power = new Float64Array(height * width)
    for (let c = 0; c < channels; c++) {
      const channel = taper.map((_, i) => values[i * channels + c]!)
      const mean = channel.reduce((total, value, i) => total + taper[i]! * value, 0) / sum
      const found = transform(channel.map((value, i) => taper[i]! * (value - mean)))
      for (let i = 0; i < power.length; i++) power[i]! += found[i]! / (squares * channels)
    }
    const variance = power.reduce((total, p) => total + p, 0) / power.length
    if (!(variance > 0)) throw new SampleProblem(`only ${points} at its edges differ, so it has no spectrum`)
    return { power, variance }
  }
}

/** Powers a thousandth of the image's variance below do not count: they are rounding and noise. */
const floor = 1e-3

const logPower = (power: number, variance: number): number => Math.log10(power + floor * variance)

/** Signed frequency of index k of n, in cycles a pixel. */
const frequency = (k: number, n: number): number => (k < n / 2 ? k : k - n) / n

/** The spectrum as an image, the frequency 0 in its middle. */
export function powerSpectrum(size: ImageSize, log: boolean, hann: boolean): SampleStep {
  const [height, width] = size
  const spectrum = powerOf(size, hann)
  return (values) => {
    const { power, variance } = spectrum(values)
    return Float64Array.from(power, (_, i) => {
      const y = (Math.floor(i / width) + Math.ceil(height / 2)) % height
      const x = ((i % width) + Math.ceil(width / 2)) % width
      const p = power[y * width + x]!
      return log ? logPower(p, variance) : p
    })
  }
}

/** The spectrum of a curve of equal distances: the power at 1, 2, ... periods within it, up to half a period a point. */
export function curveSpectrum(points: number, log: boolean, hann: boolean): SampleStep {
  const spectrum = powerOf([1, points, 1], hann)
  return (values) => {
    const { power, variance } = spectrum(values)
    const found = power.subarray(1, frequenciesOf(points) + 1)
    return log ? found.map((p) => logPower(p, variance)) : found.slice()
  }
}

/** Mean power of the curve in bands, `perOctave` of them from one frequency to its double. */
export function octaveBands(points: number, perOctave: number, log: boolean, hann: boolean): SampleStep {
  const spectrum = powerOf([1, points, 1], hann)
  const bands = bandsOf(frequenciesOf(points), perOctave)
  return (values) => {
    const { power, variance } = spectrum(values)
    return Float64Array.from(bands, ([first, last]) => {
      const mean = power.subarray(first, last + 1).reduce((sum, p) => sum + p, 0) / (last + 1 - first)
      return log ? logPower(mean, variance) : mean
    })
  }
}

/** Mean of the values of each bin; -1: in none. */
function binMeans(bins: Int32Array, count: number): (values: Float64Array) => Float64Array {
  const members = new Float64Array(count)
  for (const bin of bins) if (bin >= 0) members[bin]!++
  return (values) => {
    const sums = new Float64Array(count)
    for (let i = 0; i < bins.length; i++) if (bins[i]! >= 0) sums[bins[i]!]! += values[i]!
    return sums.map((sum, k) => sum / members[k]!)
  }
}

/** Mean power in rings of equal width up to half a cycle a pixel, without the frequency 0. */
export function radialSpectrum(size: ImageSize, count: number, log: boolean, hann: boolean): SampleStep {
  const [height, width] = size
  const spectrum = powerOf(size, hann)
  const bins = Int32Array.from({ length: height * width }, (_, i) => {
    const radius = Math.hypot(frequency(Math.floor(i / width), height), frequency(i % width, width))
    // A ring holds its outer edge: the frequency of one period an image lies in the first.
    const ring = Math.ceil(2 * radius * count - 1e-9) - 1
    return ring < count ? ring : -1
  })
  const means = binMeans(bins, count)
  return (values) => {
    const { power, variance } = spectrum(values)
    const rings = means(power)
    return log ? rings.map((p) => logPower(p, variance)) : rings
  }
}

/**
 * Mean power of the frequencies in each direction as a share of all, up to half a cycle a pixel. Directions count
 * anticlockwise from left-to-right, 0 to 180 degrees; a frequency between two counts for both, the nearer more.
 */
export function orientationSpectrum(size: ImageSize, count: number, hann: boolean): SampleStep {
  const [height, width] = size
  const spectrum = powerOf(size, hann)
  const places = Float64Array.from({ length: height * width }, (_, i) => {
    const [fy, fx] = [frequency(Math.floor(i / width), height), frequency(i % width, width)]
    const radius = Math.hypot(fx, fy)
    return radius === 0 || radius > 0.5 + 1e-9 ? -1 : ((Math.atan2(-fy, fx) / Math.PI + 2) % 1) * count
  })
  const spread = (values: Float64Array | null): Float64Array => {
    const sums = new Float64Array(count)
    places.forEach((place, i) => {
      if (place < 0) return
      const [below, share] = [Math.floor(place), place % 1]
      sums[below % count]! += (1 - share) * (values?.[i] ?? 1)
      sums[(below + 1) % count]! += share * (values?.[i] ?? 1)
    })
    return sums
  }
  const weights = spread(null)
  return (values) => {
    const directions = spread(spectrum(values).power).map((sum, k) => sum / weights[k]!)
    const total = directions.reduce((sum, p) => sum + p, 0)
    if (!(total > 0)) throw new SampleProblem('it varies only faster than half a cycle a pixel')
    return directions.map((p) => p / total)
  }
}

/** Mean of all channels in rings of equal width around the middle of the image, out to its nearest edge. */
export function radialProfile([height, width, channels]: ImageSize, count: number): SampleStep {
  const reach = Math.min(height, width) / 2
  const bins = Int32Array.from({ length: height * width * channels }, (_, i) => {
    const pixel = Math.floor(i / channels)
    const radius = Math.hypot(Math.floor(pixel / width) - (height - 1) / 2, (pixel % width) - (width - 1) / 2)
    const ring = Math.floor((radius * count) / reach)
    return ring < count ? ring : -1
  })
  return binMeans(bins, count)
}
