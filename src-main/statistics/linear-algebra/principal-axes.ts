/**
 * Principal axes of centred rows: the right singular vectors and the singular values, with each singular value right to
 * its own last digits and not only to those of the largest, so that columns of very different scales keep theirs.
 */
import { type Piecewise, whole } from '../piecewise.ts'
import { product, productWithTranspose, transposeProduct } from './products.ts'
import { realMatrix, rowsOf, type RealMatrix } from './real-matrix.ts'
import { symmetricEigen } from './symmetric-eigen.ts'

export interface PrincipalAxes {
  /** A row an axis of unit length, in the order of their singular values, [rank, d] */
  readonly axes: RealMatrix
  /** Largest first, [rank] */
  readonly singularValues: Float64Array
  readonly rank: number
}

/** Two axes whose projections correlate less than this are left as they are. */
const orthogonal = 1e-14
const mostSweeps = 30

/**
 * @param rows centred, [n, d]
 * @param tolerance singular values below this share of the largest count as none
 */
export function principalAxes(rows: RealMatrix, tolerance?: number): PrincipalAxes {
  return whole(principalAxesInPieces(rows, tolerance))
}

/** The same, for whoever looks up in between. */
export function* principalAxesInPieces(
  rows: RealMatrix,
  tolerance = Math.max(rows.rows, rows.columns) * 2 ** -52,
): Piecewise<PrincipalAxes> {
  const axes =
    rows.rows < rows.columns ? yield* axesFromRows(rows) : symmetricEigen(transposeProduct(rows, rows)).vectors
  const singularValues = yield* refine(rows, axes)
  const order = Array.from(singularValues.keys()).sort((a, b) => singularValues[b]! - singularValues[a]!)
  const largest = singularValues[order[0]!] ?? 0
  const kept = order.filter((at) => singularValues[at]! > 0 && singularValues[at]! > tolerance * largest)
  const d = rows.columns
  const sorted = realMatrix(kept.length, d)
  for (const [to, from] of kept.entries()) sorted.values.set(axes.values.subarray(from * d, (from + 1) * d), to * d)
  return { axes: sorted, singularValues: Float64Array.from(kept, (at) => singularValues[at]!), rank: kept.length }
}

/** Fewer rows than columns: the axes lie in the space of the rows, [n, d]. */
function* axesFromRows(rows: RealMatrix): Piecewise<RealMatrix> {
  const { vectors } = symmetricEigen(productWithTranspose(rows, rows))
  yield 'axes of the rows'
  const axes = product(vectors, rows)
  yield* orthonormalise(axes)
  return axes
}

/** Rows made orthonormal in place, the first kept (Gram-Schmidt, twice); rows within the others' space become zero. */
function* orthonormalise(matrix: RealMatrix): Piecewise<void> {
  const rows = rowsOf(matrix)
  for (const [at, row] of rows.entries()) {
    const before = norm(row)
    for (let pass = 0; pass < 2; pass++)
      for (const other of rows.slice(0, at)) {
        const shared = dot(row, other)
        for (let j = 0; j < row.length; j++) row[j]! -= shared * other[j]!
      }
    const length = norm(row)
    const scale = length > 1e-10 * before && length > 0 ? 1 / length : 0
    for (let j = 0; j < row.length; j++) row[j]! *= scale
    yield 'axes of the rows'
  }
}

/**
 * Jacobi rotations (Demmel & Veselic 1992) of axes whose projections are not orthogonal yet: an eigenvalue problem of
 * squares loses the small directions in the rounding of the large, the projections themselves do not. Turns `axes` in
 * place and returns the lengths of the projections.
 */
function* refine(rows: RealMatrix, axes: RealMatrix): Piecewise<Float64Array> {
  const projected = productWithTranspose(rows, axes)
  const gram = transposeProduct(projected, projected).values
  const k = axes.rows
  const noise = 2 ** -52 * Math.sqrt(gram.reduce((sum, value, at) => (at % (k + 1) === 0 ? sum + value : sum), 0))
  const turning = rowsOf(axes)
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let turned = 0
    for (let i = 0; i < k; i++) {
      yield 'axes are refined'
      for (let j = i + 1; j < k; j++) {
        const [a, b, c] = [gram[i * k + i]!, gram[j * k + j]!, gram[i * k + j]!]
        // Below the rounding of the projections themselves nothing is left to be turned.
        if (a <= noise ** 2 || b <= noise ** 2 || Math.abs(c) <= orthogonal * Math.sqrt(a * b)) continue
        turned++
        const cotangent = (b - a) / (2 * c)
        const tangent = (cotangent < 0 ? -1 : 1) / (Math.abs(cotangent) + Math.hypot(1, cotangent))
        rotate(gram, k, i, j, tangent)
        rotateRows(turning[i]!, turning[j]!, tangent)
      }
    }
    if (turned === 0) break
  }
  return Float64Array.from({ length: k }, (_, i) => Math.sqrt(Math.max(0, gram[i * k + i]!)))
}

/** Jᵀ G J for the rotation of i and j that makes G[i][j] zero. */
function rotate(gram: Float64Array, k: number, i: number, j: number, tangent: number): void {
  const cosine = 1 / Math.hypot(1, tangent)
  const sine = tangent * cosine
  const shared = gram[i * k + j]!
  gram[i * k + i]! -= tangent * shared
  gram[j * k + j]! += tangent * shared
  gram[i * k + j] = 0
  gram[j * k + i] = 0
  for (let p = 0; p < k; p++) {
    if (p === i || p === j) continue
    const [x, y] = [gram[i * k + p]!, gram[j * k + p]!]
    gram[i * k + p] = gram[p * k + i] = cosine * x - sine * y
    gram[j * k + p] = gram[p * k + j] = sine * x + cosine * y
  }
}

function rotateRows(a: Float64Array, b: Float64Array, tangent: number): void {
  const cosine = 1 / Math.hypot(1, tangent)
  const sine = tangent * cosine
  for (let p = 0; p < a.length; p++) {
    const [x, y] = [a[p]!, b[p]!]
    a[p] = cosine * x - sine * y
    b[p] = sine * x + cosine * y
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!
  return sum
}

function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a))
}
