/** Images to another size by area: each new pixel is the mean of what it covers, so that nothing aliases or rings. */
import { emptyLike } from './image.ts'
import type { NumericArray } from './npy.ts'

/** For each target pixel, the source pixels it covers and their shares. */
function coverage(from: number, to: number): { first: number; shares: number[] }[] {
  const scale = from / to
  return Array.from({ length: to }, (_, i) => {
    const start = i * scale
    const end = Math.min(from, (i + 1) * scale)
    const first = Math.floor(start)
    const last = Math.max(first, Math.ceil(end - 1e-9) - 1)
    const shares = Array.from(
      { length: last - first + 1 },
      (__, k) => (Math.min(end, first + k + 1) - Math.max(start, first + k)) / (end - start),
    )
    return { first, shares }
  })
}

/** [height, width, channels] -> [toHeight, toWidth, channels], of the same element type; integers are rounded. */
export function resizeByArea(
  values: NumericArray,
  [height, width, channels]: readonly [number, number, number],
  [toHeight, toWidth]: readonly [number, number],
): NumericArray {
  const result = emptyLike(values, toHeight * toWidth * channels)
  const integer = !(result instanceof Float32Array || result instanceof Float64Array)
  const rows = coverage(height, toHeight)
  const columns = coverage(width, toWidth)
  const line = new Float64Array(width * channels)
  rows.forEach(({ first, shares }, y) => {
    line.fill(0)
    shares.forEach((share, k) => {
      const from = (first + k) * width * channels
      for (let i = 0; i < line.length; i++) line[i] = line[i]! + share * values[from + i]!
    })
    columns.forEach((column, x) => {
      for (let c = 0; c < channels; c++) {
        let sum = 0
        for (let k = 0; k < column.shares.length; k++)
          sum += column.shares[k]! * line[(column.first + k) * channels + c]!
        result[(y * toWidth + x) * channels + c] = integer ? Math.round(sum) : sum
      }
    })
  })
  return result
}
