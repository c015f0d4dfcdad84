/** Eigenvalues and eigenvectors of symmetric matrices: Householder tridiagonalisation and QL with implicit shifts. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { realMatrix, rowsOf, type RealMatrix } from './real-matrix.ts'

export interface SymmetricEigen {
  /** Largest first, [n] */
  readonly values: Float64Array
  /** A row an eigenvector of unit length, [n, n] */
  readonly vectors: RealMatrix
}

export function symmetricEigen(matrix: RealMatrix): SymmetricEigen {
  const n = matrix.rows
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(new Matrix(rowsOf(matrix)), {
    assumeSymmetric: true,
  })
  const order = Array.from(realEigenvalues.keys()).sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!)
  const vectors = realMatrix(n, n)
  for (const [at, column] of order.entries())
    for (let i = 0; i < n; i++) vectors.values[at * n + i] = eigenvectorMatrix.get(i, column)
  return { values: Float64Array.from(order, (column) => realEigenvalues[column]!), vectors }
}
