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

/** The largest value under a disc around each pixel; beyond its edges an image has none. */
function dilated(grey: Float64Array, height: number, width: number, radius: number): Float64Array {
  const chords = chordsOf(radius)
  const reach = chords.length >> 1
  const out = new Float64Array(grey.length).fill(-Infinity)
  // Chords grow from one pixel on: each is the one before and a pixel at both ends.
  const along = grey.slice()
  for (let half = 0; half <= reach; half++) {
    if (half > 0)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const at = y * width + x
          if (x >= half) along[at] = Math.max(along[at]!, grey[at - half]!)
          if (x + half < width) along[at] = Math.max(along[at]!, grey[at + half]!)
        }
    for (const [row, chord] of chords.entries()) {
      if (chord !== half) continue
      const by = row - reach
      for (let y = Math.max(0, -by); y < Math.min(height, height - by); y++)
        for (let x = 0; x < width; x++) {
          const at = y * width + x
          out[at] = Math.max(out[at]!, along[at + by * width]!)
        }
    }
  }
  return out
}

const negative = (values: Float64Array): Float64Array => values.map((value) => -value)

/** Mean of the image opened by a disc of that radius, in the units of its values. @param grey [height x width] */
function openedMean(grey: Float64Array, height: number, width: number, radius: number): number {
  const eroded = negative(dilated(negative(grey), height, width, radius))
  return dilated(eroded, height, width, radius).reduce((sum, value) => sum + value, 0) / grey.length
}

/** Of dark grains from the largest radius to the smallest, then of bright ones from the smallest on, [2 x radii] */
export function patternSpectrum(size: ImageSize, largest: number): SampleStep {
  const [height, width] = size
  const radii = radiiUpTo(largest)
  const taken = (grey: Float64Array): number[] => {
    let before = grey.reduce((sum, value) => sum + value, 0) / grey.length
    return radii.map((radius) => {
      const mean = openedMean(grey, height, width, radius)
      const less = before - mean
      before = mean
      return less
    })
  }
  return (values) => {
    const grey = greyOf(values, size)
    // A closing is the opening of the negative.
    return Float64Array.from([...taken(negative(grey)).reverse(), ...taken(grey)])
  }
}
