/** Images as an instrument of finer pixels would have measured them: what is in them stays where it is. */
import { sizeOf } from '../dataset.ts'
import type { RawSamples } from './prepare.ts'
import type { ImageSize } from './spectra.ts'

/** Times as many pixels a side: no small fraction, so that edges of one grid are seldom edges of the other. */
const finer = 1.19

const finerCount = (count: number): number => Math.round(finer * count)

/** `count` places from the first pixel to the last of `from`, in pixels of the former. */
function placesAmong(from: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) =>
    Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / count - 0.5)),
  )
}

/** Between four pixels, channel by channel. @returns [finer height, finer width, channels] */
export function finerPixels(values: ArrayLike<number>, [height, width, channels]: ImageSize): Float64Array {
  const [down, across] = [placesAmong(height, finerCount(height)), placesAmong(width, finerCount(width))]
  const out = new Float64Array(down.length * across.length * channels)
  let at = 0
  for (const y of down) {
    const [top, low] = [Math.floor(y), Math.min(height - 1, Math.floor(y) + 1)]
    for (const x of across) {
      const [left, right] = [Math.floor(x), Math.min(width - 1, Math.floor(x) + 1)]
      for (let c = 0; c < channels; c++, at++) {
        const value = (row: number, column: number): number => values[(row * width + column) * channels + c]!
        const above = value(top, left) + (x - left) * (value(top, right) - value(top, left))
        const below = value(low, left) + (x - left) * (value(low, right) - value(low, left))
        out[at] = above + (y - top) * (below - above)
      }
    }
  }
  return out
}

/**
 * The same samples, their pixels between those that were measured (bilinear), read as they are asked for.
 * @param raw images, [height, width, channels] each
 */
export function onFinerGrid(raw: RawSamples): RawSamples {
  const { modality } = raw
  const [height = 1, width = 1, channels = 1] = modality.shape
  const shape = [finerCount(height), finerCount(width), channels]
  const [size, larger] = [sizeOf(modality.shape), sizeOf(shape)]
  return {
    ...raw,
    modality: { ...modality, shape },
    read: (first, count) => {
      const { data, present } = raw.read(first, count)
      const out = new Float32Array(count * larger)
      for (let i = 0; i < count; i++)
        out.set(finerPixels(data.subarray(i * size, (i + 1) * size), [height, width, channels]), i * larger)
      return { data: out, present }
    },
  }
}
