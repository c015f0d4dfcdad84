/** Rows of embeddings that hold nothing: encoders and exports write zeros where they had no input. */

/**
 * Rows that are all zeros, or were before they were scaled for storage: a millionth of the usual length is its rounding.
 * @param values [n, d] in the user's units
 * @param rows those of the n that are looked at
 */
export function emptyRows(values: ArrayLike<number>, d: number, rows: ArrayLike<number>): number[] {
  const squares = Array.from(rows, (row) => {
    let sum = 0
    for (let at = row * d; at < (row + 1) * d; at++) sum += values[at]! ** 2
    return sum
  })
  const usual = squares.reduce((sum, square) => sum + square, 0) / squares.length
  return Array.from(rows).filter((_, at) => squares[at]! <= 1e-12 * usual)
}
