/** Symmetric decorrelation: of all matrices with orthonormal rows, the one nearest to W. */
import { product, productWithTranspose, transposeProduct } from '../linear-algebra/products.ts'
import { realMatrix, type RealMatrix } from '../linear-algebra/real-matrix.ts'
import { symmetricEigen } from '../linear-algebra/symmetric-eigen.ts'

/** The smallest normal float64, below which scikit-learn lets no eigenvalue fall. */
const tiny = 2 ** -1022

/** (W Wᵀ)^(-1/2) W, [k, k]. */
export function symmetricDecorrelation(w: RealMatrix): RealMatrix {
  const { values, vectors } = symmetricEigen(productWithTranspose(w, w))
  const scaled = realMatrix(w.rows, w.rows, vectors.values.slice())
  for (let i = 0; i < w.rows; i++) {
    const factor = 1 / Math.sqrt(Math.max(values[i]!, tiny))
    for (let j = 0; j < w.rows; j++) scaled.values[i * w.rows + j]! *= factor
  }
  return product(transposeProduct(scaled, vectors), w)
}
