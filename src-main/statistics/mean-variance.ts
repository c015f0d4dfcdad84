/** Spread of rows of values, some of them missing. */

interface Rows {
  /** Row-major, [n, size]. */
  readonly data: Float32Array
  /** 1 where the row is there, [n]. */
  readonly present: Uint8Array
}

/** Variance of a value over the rows that are there, averaged over the values of a row. */
export function meanVariance({ data, present }: Rows): number {
  const size = data.length / present.length
  const mean = new Float64Array(size)
  const square = new Float64Array(size)
  let count = 0
  for (let row = 0; row < present.length; row++) {
    if (present[row] !== 1) continue
    count++
    for (let j = 0; j < size; j++) {
      const away = data[row * size + j]! - mean[j]!
      mean[j]! += away / count
      square[j]! += away * (data[row * size + j]! - mean[j]!)
    }
  }
  return count === 0 ? 0 : square.reduce((sum, value) => sum + value, 0) / (count * size)
}
