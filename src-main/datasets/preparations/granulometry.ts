/**
 * Pattern spectrum: how much brightness openings by growing discs take away, and closings fill.
 * Source: Maragos, IEEE Trans. PAMI 11 (1989) 701: openings are of bright grains, closings of dark ones; here by radii in steps of
 * half a pixel, as differences of means over the image.
 */
import { radiiUpTo } from '../../../src-shared/preparations/distribution-steps.ts'
import { greyOf } from './grey.ts'
import type { SampleStep } from './sample-step.ts'
import type { ImageSize } from './spectra.ts'

/** Half the length of a disc's chord in each of its rows, from the uppermost to the lowest. */
function chordsOf(radius: number): readonly number[] {
  const reach = Math.floor(radius)
  return Array.from({ length: 2 * reach + 1 }, (_, row) => Math.floor(Math.sqrt(radius ** 2 - (row - reach) ** 2)))
}

/** Each value becomes the larger of it and that `by` places on, from the first place to the last. */
function raise(values: Float64Array, others: Float64Array, by: number, first: number, end: number): void {
  for (let at = first; at < end; at++) {
    const other = others[at + by]!
    if (other > values[at]!) values[at] = other
  }
}

/** The largest value under a disc around each pixel; beyond its edges an image has none. */
function dilated(grey: Float64Array, height: number, width: number, chords: readonly number[]): Float64Array {
  const reach = chords.length >> 1
  const out = new Float64Array(grey.length).fill(-Infinity)
  // Chords grow from one pixel on: each is the one before and a pixel at both ends.
  const along = grey.slice()
  for (let half = 0; half <= reach; half++) {
    if (half > 0)
      for (let row = 0; row < grey.length; row += width) {
        raise(along, grey, -half, row + half, row + width)
        raise(along, grey, half, row, row + width - half)
      }
    for (const [row, chord] of chords.entries()) {
      if (chord !== half) continue
      const by = row - reach
      raise(out, along, by * width, Math.max(0, -by) * width, Math.min(height, height - by) * width)
    }
  }
  return out
}

function negate(values: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i++) values[i] = -values[i]!
  return values
}

function meanOf(values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}

/**
 * Means of the image opened by each disc, in the units of its values.
 * @param dark its negative, [height x width]
 */
function openedMeans(
  dark: Float64Array,
  height: number,
  width: number,
  discs: readonly (readonly number[])[],
): number[] {
  // An erosion is the dilation of the negative.
  return discs.map((chords) => meanOf(dilated(negate(dilated(dark, height, width, chords)), height, width, chords)))
}

/** Of dark grains from the largest radius to the smallest, then of bright ones from the smallest on, [2 x radii] */
export function patternSpectrum(size: ImageSize, largest: number): SampleStep {
  const [height, width] = size
  const discs = radiiUpTo(largest).map(chordsOf)
  const taken = (mean: number, dark: Float64Array): number[] => {
    const means = openedMeans(dark, height, width, discs)
    return means.map((after, i) => (means[i - 1] ?? mean) - after)
  }
  return (values) => {
    const grey = greyOf(values, size)
    const dark = negate(grey.slice())
    const mean = meanOf(grey)
    // A closing is the opening of the negative.
    return Float64Array.from([...taken(-mean, grey).reverse(), ...taken(mean, dark)])
  }
}
