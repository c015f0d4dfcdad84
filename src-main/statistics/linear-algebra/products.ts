/** Products of matrices in float64. */
import { realMatrix, transposed, type RealMatrix } from './real-matrix.ts'

/** a b: [m, k] times [k, n]. */
export function product(a: RealMatrix, b: RealMatrix): RealMatrix {
  const out = realMatrix(a.rows, b.columns)
  const n = b.columns
  for (let i = 0; i < a.rows; i++)
    for (let p = 0; p < a.columns; p++) {
      const factor = a.values[i * a.columns + p]!
      for (let j = 0; j < n; j++) out.values[i * n + j]! += factor * b.values[p * n + j]!
    }
  return out
}

/** a bᵀ: [m, k] times the transpose of [n, k]. */
export function productWithTranspose(a: RealMatrix, b: RealMatrix): RealMatrix {
  return product(a, transposed(b))
}

/** aᵀ b: the transpose of [k, m] times [k, n]. */
export function transposeProduct(a: RealMatrix, b: RealMatrix): RealMatrix {
  return product(transposed(a), b)
}
