/** Images without their colours. */
import type { ImageSize } from './spectra.ts'

/** Mean over the channels, [height x width] */
export function greyOf(values: Float64Array, [height, width, channels]: ImageSize): Float64Array {
  return Float64Array.from({ length: height * width }, (_, pixel) => {
    let sum = 0
    for (let c = 0; c < channels; c++) sum += values[pixel * channels + c]!
    return sum / channels
  })
}
