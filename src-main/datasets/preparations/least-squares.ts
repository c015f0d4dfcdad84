/** Least squares with polynomials: an orthonormal basis of them on given points, and weights of a moving window. */
import { Matrix, pseudoInverse, QrDecomposition } from 'ml-matrix'

/** Positions on [-1, 1], where powers stay well apart. */
export function normalised(grid: readonly number[]): number[] {
  const [from, to] = [grid[0]!, grid.at(-1)!]
  return grid.map((x) => (to > from ? (2 * (x - from)) / (to - from) - 1 : 0))
}

/** Fits the columns to values: projection onto an orthonormal basis of their span (QR). */
export class Projection {
  /** One a basis function, [points]. */
  readonly #basis: readonly Float64Array[]

  /** @param columns functions at the points, each [points], linearly independent */
  constructor(columns: readonly (readonly number[])[]) {
    const points = columns[0]?.length ?? 0
    const matrix = new Matrix(points, columns.length)
    columns.forEach((column, j) => column.forEach((value, i) => matrix.set(i, j, value)))
    const q = new QrDecomposition(matrix).orthogonalMatrix
    this.#basis = columns.map((_, j) => Float64Array.from(q.getColumn(j)))
  }

  /** The fit at the points, [points]. */
  fit(values: Float64Array): Float64Array {
    const out = new Float64Array(values.length)
    for (const function_ of this.#basis) {
      let along = 0
      for (let i = 0; i < values.length; i++) along += function_[i]! * values[i]!
      for (let i = 0; i < values.length; i++) out[i]! += along * function_[i]!
    }
    return out
  }
}

/**
 * Savitzky-Golay weights: row t gives, for window values at unit distance, the derivative at position t of the polynomial
 * fitted to all of them, [window][window]. Source: Savitzky and Golay, Anal. Chem. 36 (1964) 1627; at the ends as
 * scipy's mode "interp".
 */
export function windowWeights(window: number, degree: number, order: number): readonly Float64Array[] {
  const half = (window - 1) / 2
  // Positions on [-1, 1] keep high powers of wide windows apart.
  const at = (i: number): number => (i - half) / half
  const vandermonde = new Matrix(window, degree + 1)
  for (let i = 0; i < window; i++) for (let k = 0; k <= degree; k++) vandermonde.set(i, k, at(i) ** k)
  const inverse = pseudoInverse(vandermonde)
  return Array.from({ length: window }, (_, t) =>
    Float64Array.from({ length: window }, (__, i) => {
      let sum = 0
      for (let k = order; k <= degree; k++) {
        let factor = 1
        for (let f = 0; f < order; f++) factor *= k - f
        sum += factor * at(t) ** (k - order) * inverse.get(k, i)
      }
      return sum / half ** order
    }),
  )
}
