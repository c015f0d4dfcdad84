/** Steps that make images of images. Images are [height, width, channels]. */
import { Projection } from './least-squares.ts'
import { SampleProblem, type SampleStep } from './sample-step.ts'
import type { ImageSize } from './spectra.ts'

export interface Box {
  readonly top: number
  readonly left: number
  readonly height: number
  readonly width: number
}

export function cropImage([, width, channels]: ImageSize, box: Box): SampleStep {
  return (values) => {
    const out = new Float64Array(box.height * box.width * channels)
    for (let y = 0; y < box.height; y++) {
      const start = ((box.top + y) * width + box.left) * channels
      out.set(values.subarray(start, start + box.width * channels), y * box.width * channels)
    }
    return out
  }
}

/** Means of blocks of factor x factor pixels. */
export function binPixels([height, width, channels]: ImageSize, factor: number): SampleStep {
  const [rows, columns] = [Math.floor(height / factor), Math.floor(width / factor)]
  return (values) => {
    const out = new Float64Array(rows * columns * channels)
    for (let y = 0; y < rows * factor; y++)
      for (let x = 0; x < columns * factor; x++)
        for (let c = 0; c < channels; c++)
          out[(Math.floor(y / factor) * columns + Math.floor(x / factor)) * channels + c]! +=
            values[(y * width + x) * channels + c]! / factor ** 2
    return out
  }
}

/** Applies what is done to one channel, [height, width], to each. */
function eachChannel(channels: number, work: SampleStep): SampleStep {
  return (values) => {
    const out = new Float64Array(values.length)
    const pixels = values.length / channels
    for (let c = 0; c < channels; c++) {
      const done = work(Float64Array.from({ length: pixels }, (_, i) => values[i * channels + c]!))
      for (let i = 0; i < pixels; i++) out[i * channels + c] = done[i]!
    }
    return out
  }
}

/** Takes away the surface sum a_ij x^i y^j, i + j <= degree, that fits each channel best. */
export function withoutSurface([height, width, channels]: ImageSize, degree: number): SampleStep {
  const at = (k: number, n: number): number => (n > 1 ? (2 * k) / (n - 1) - 1 : 0)
  const columns: number[][] = []
  for (let i = 0; i <= degree; i++)
    for (let j = 0; i + j <= degree; j++)
      columns.push(
        Array.from(
          { length: height * width },
          (_, pixel) => at(pixel % width, width) ** i * at(Math.floor(pixel / width), height) ** j,
        ),
      )
  const projection = new Projection(columns)
  return eachChannel(channels, (values) => {
    const fit = projection.fit(values)
    return values.map((value, i) => value - fit[i]!)
  })
}

/** Index within 0 to n - 1 of one beyond, mirrored at the edges: (d c b a | a b c d | d c b a). */
function mirrored(i: number, n: number): number {
  const k = ((i % (2 * n)) + 2 * n) % (2 * n)
  return k < n ? k : 2 * n - 1 - k
}

/** Takes each channel's Gaussian blur away; kernel cut at 4 sigma, edges mirrored, as scipy.ndimage.gaussian_filter. */
export function withoutBlur([height, width, channels]: ImageSize, sigma: number): SampleStep {
  const reach = Math.floor(4 * sigma + 0.5)
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma ** 2)),
  )
  const total = kernel.reduce((sum, k) => sum + k, 0)
  // The kernel along an axis of n, folded at the edges: [n][n] weights.
  const folded = (n: number): Float64Array[] =>
    Array.from({ length: n }, (_, i) => {
      const row = new Float64Array(n)
      for (let k = -reach; k <= reach; k++) row[mirrored(i + k, n)]! += kernel[k + reach]! / total
      return row
    })
  const [down, across] = [folded(height), folded(width)]
  return eachChannel(channels, (values) => {
    const rows = new Float64Array(values.length)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const weights = across[x]!
        let sum = 0
        for (let k = 0; k < width; k++) sum += weights[k]! * values[y * width + k]!
        rows[y * width + x] = sum
      }
    const out = Float64Array.from(values)
    for (let y = 0; y < height; y++) {
      const weights = down[y]!
      for (let k = 0; k < height; k++) {
        const weight = weights[k]!
        if (weight === 0) continue
        for (let x = 0; x < width; x++) out[y * width + x]! -= weight * rows[k * width + x]!
      }
    }
    return out
  })
}

/** Percentile of sorted values, between them linearly (numpy's default). */
function percentile(sorted: Float64Array, percent: number): number {
  const place = (percent / 100) * (sorted.length - 1)
  const below = Math.floor(place)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!)
}

/** Each image from its own percentiles onto 0 to 1; what lies beyond is cut off. */
export function stretchContrast(low: number, high: number): SampleStep {
  return (values) => {
    const sorted = values.toSorted()
    const [black, white] = [percentile(sorted, low), percentile(sorted, high)]
    if (!(white > black))
      throw new SampleProblem(
        `its ${low} % and ${high} % percentiles are both ${black}, so there is no contrast to stretch`,
        'Widen "low" and "high", or leave such images out.',
      )
    return values.map((value) => Math.min(1, Math.max(0, (value - black) / (white - black))))
  }
}

/** Shares below this do not count: a channel may be dark. */
const shareFloor = 1e-3

/** log10 of each channel's share of the image's light: what colour it is, not how bright. */
export function colourOf([height, width, channels]: ImageSize): SampleStep {
  return (values) => {
    const sums = new Float64Array(channels)
    values.forEach((value, at) => (sums[at % channels]! += value))
    const all = sums.reduce((sum, value) => sum + value, 0)
    if (!(all > 0) || sums.some((sum) => sum < 0))
      throw new SampleProblem(
        all === 0
          ? 'it is black, so it has no colour'
          : `a channel's mean is below zero over its ${height * width} pixels, so it has no share of the light`,
      )
    return sums.map((sum) => Math.log10(sum / all + shareFloor))
  }
}
