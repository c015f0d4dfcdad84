/** How strong each frequency is along the lines of an image, or along rings around what it shows: where it lies there no longer counts. */
import { greyOf } from './grey.ts'
import { extremes, isFlat, SampleProblem, type SampleStep } from './sample-step.ts'
import type { ImageSize } from './spectra.ts'

/** Points of a ring. */
const directions = 48
/** Pixels that differ less from the background, as a share of the one that differs most, are no part of what is shown. */
const leastDifference = 0.25

/** Mean, and |DFT| / n at 1, 2, ... `highest` periods, of n values. */
function amplitudes(n: number, highest: number): (values: Float64Array) => number[] {
  const wave = (f: (angle: number) => number): Float64Array =>
    Float64Array.from(
      { length: n * highest },
      (_, at) => f((2 * Math.PI * (Math.floor(at / n) + 1) * (at % n)) / n) / n,
    )
  const [cosine, sine] = [wave(Math.cos), wave(Math.sin)]
  return (values) => {
    const found = [values.reduce((sum, value) => sum + value, 0) / n]
    for (let k = 0; k < highest; k++) {
      let [real, imaginary] = [0, 0]
      for (let i = 0; i < n; i++) {
        real += cosine[k * n + i]! * values[i]!
        imaginary += sine[k * n + i]! * values[i]!
      }
      found.push(Math.hypot(real, imaginary))
    }
    return found
  }
}

/** Amplitudes along each row, or each column: [lines, frequencies] */
export function lineSpectrum(size: ImageSize, alongRows: boolean): SampleStep {
  const [height, width] = size
  const [lines, points] = alongRows ? [height, width] : [width, height]
  const spectrum = amplitudes(points, points >> 1)
  return (values) => {
    const grey = greyOf(values, size)
    const line = (at: number): Float64Array =>
      alongRows
        ? grey.subarray(at * width, (at + 1) * width)
        : Float64Array.from({ length: height }, (_, y) => grey[y * width + at]!)
    return Float64Array.from(Array.from({ length: lines }, (_, at) => spectrum(line(at))).flat())
  }
}

/** Median of the pixels at the edges. */
function backgroundOf(grey: Float64Array, height: number, width: number): number {
  const edge = grey.filter((_, i) => {
    const [y, x] = [Math.floor(i / width), i % width]
    return y === 0 || x === 0 || y === height - 1 || x === width - 1
  })
  return edge.toSorted()[edge.length >> 1]!
}

/** Centre of what differs from the background. */
function centreOf(grey: Float64Array, height: number, width: number): readonly [y: number, x: number] {
  const background = backgroundOf(grey, height, width)
  const different = grey.map((value) => Math.abs(value - background))
  const least = leastDifference * extremes(different)[1]
  let [mass, down, right] = [0, 0, 0]
  different.forEach((difference, i) => {
    const weight = Math.max(0, difference - least)
    mass += weight
    down += weight * Math.floor(i / width)
    right += weight * (i % width)
  })
  return mass > 0 ? [down / mass, right / mass] : [(height - 1) / 2, (width - 1) / 2]
}

/** Bilinear between pixels, the nearest beyond the edges. */
function between(grey: Float64Array, height: number, width: number, y: number, x: number): number {
  const [top, left] = [
    Math.min(height - 2, Math.max(0, Math.floor(y))),
    Math.min(width - 2, Math.max(0, Math.floor(x))),
  ]
  const [v, u] = [Math.min(1, Math.max(0, y - top)), Math.min(1, Math.max(0, x - left))]
  const at = (dy: number, dx: number): number => grey[(top + dy) * width + left + dx]!
  return (1 - v) * ((1 - u) * at(0, 0) + u * at(0, 1)) + v * ((1 - u) * at(1, 0) + u * at(1, 1))
}

/** Amplitudes along rings of radius 1, 2, ... around the centre of what the image shows: [rings, harmonics + 1] */
export function turnSpectrum(size: ImageSize, rings: number, harmonics: number): SampleStep {
  const [height, width] = size
  const spectrum = amplitudes(directions, harmonics)
  const angles = Array.from({ length: directions }, (_, k) => (2 * Math.PI * k) / directions)
  return (values) => {
    if (isFlat(extremes(values)))
      throw new SampleProblem('all its pixels are alike, so it shows nothing to turn around')
    const grey = greyOf(values, size)
    const [y, x] = centreOf(grey, height, width)
    const ring = (radius: number): Float64Array =>
      Float64Array.from(angles, (angle) =>
        between(grey, height, width, y + radius * Math.sin(angle), x + radius * Math.cos(angle)),
      )
    return Float64Array.from(Array.from({ length: rings }, (_, k) => spectrum(ring(k + 1))).flat())
  }
}
