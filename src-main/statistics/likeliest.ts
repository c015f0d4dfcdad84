/** Column of the largest value of each row of [n, columns], the first of equals: [n]. */
export function likeliest(probabilities: ArrayLike<number>, columns: number): Int32Array {
  const out = new Int32Array(columns === 0 ? 0 : probabilities.length / columns)
  for (let row = 0; row < out.length; row++) {
    const from = row * columns
    for (let c = 1; c < columns; c++) if (probabilities[from + c]! > probabilities[from + out[row]!]!) out[row] = c
  }
  return out
}
