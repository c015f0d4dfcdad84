/** Symmetric decorrelation: of all matrices with orthonormal rows, the one nearest to W. */
import { linearAlgebraKernels, type LinearAlgebraKernels } from '../linear-algebra/kernels.ts'
import { product, productWithTranspose, transposeProduct } from '../linear-algebra/products.ts'
import { realMatrix, type RealMatrix } from '../linear-algebra/real-matrix.ts'
import { symmetricEigen } from '../linear-algebra/symmetric-eigen.ts'
import { polarStep } from './polar-step.ts'

/** The smallest normal float64, below which scikit-learn lets no eigenvalue fall. */
const tiny = 2 ** -1022
/** Up to so many rows an eigendecomposition costs nothing. */
const few = 24
/** Products are many times faster than an eigendecomposition; more steps than this would not be. */
const mostSteps = 16
/** Distance from orthonormal rows (Frobenius) after which one more step leaves rounding alone: it takes the third power. */
const near = 3e-6

/** (W Wᵀ)^(-1/2) W, [k, k]. */
export function symmetricDecorrelation(w: RealMatrix): RealMatrix {
  const kernels = w.rows > few ? linearAlgebraKernels() : null
  return (kernels === null ? null : byProducts(kernels, w)) ?? byEigenvalues(w)
}

export function byEigenvalues(w: RealMatrix): RealMatrix {
  const { values, vectors } = symmetricEigen(productWithTranspose(w, w))
  const scaled = realMatrix(w.rows, w.rows, vectors.values.slice())
  for (let i = 0; i < w.rows; i++) {
    const factor = 1 / Math.sqrt(Math.max(values[i]!, tiny))
    for (let j = 0; j < w.rows; j++) scaled.values[i * w.rows + j]! *= factor
  }
  return product(transposeProduct(scaled, vectors), w)
}

/**
 * Steps X <- (a I + b G + c G^2) X with G = X Xᵀ, which bring every singular value to 1 and leave the directions alone.
 * Null where the smallest singular values are too small to be reached in a few steps.
 */
export function byProducts(kernels: LinearAlgebraKernels, w: RealMatrix): RealMatrix | null {
  const k = w.rows
  const size = k * k
  const scratchLength = kernels.gemmScratch(k, k, k) / 8
  const addresses = kernels.room(size, size, size, size, scratchLength) as [number, number, number, number, number]
  const [atGram, atSquare, , , scratch] = addresses
  let [, , at, atNext] = addresses
  const gram = kernels.view(atGram, size)
  const square = kernels.view(atSquare, size)
  const squared = (from: number, columnStep: number, rowStep: number, to: number): void => {
    kernels.view(to, size).fill(0)
    kernels.gemm(k, k, k, from, k, 1, from, columnStep, rowStep, to, k, scratch, 1)
    kernels.mirror(k, to, k)
  }
  kernels.view(at, size).set(w.values)
  squared(at, 1, k, atGram)
  const { largest: norm, smallest } = singularSquares(gram, k)
  if (!(norm > 0) || smallest === 0) return null
  const x = kernels.view(at, size)
  const factor = 1 / Math.sqrt(norm)
  for (let i = 0; i < size; i++) {
    x[i]! *= factor
    gram[i]! /= norm
  }
  let lowest = Math.sqrt(smallest / norm)
  for (let taken = 0; taken < mostSteps; taken++) {
    const distance = distanceFromIdentity(gram, k)
    // Where all were thought to be near 1 and one is not, `lowest` was too high a guess.
    if (lowest > 0.99 && distance > 0.9) lowest = 0.1
    const step = polarStep(distance < 0.1 ? 1 : lowest)
    squared(atGram, k, 1, atSquare)
    for (let i = 0; i < size; i++) square[i] = step.b * gram[i]! + step.c * square[i]!
    for (let i = 0; i < k; i++) square[i * (k + 1)]! += step.a
    kernels.view(atNext, size).fill(0)
    kernels.gemm(k, k, k, atSquare, k, 1, at, k, 1, atNext, k, scratch, 0)
    ;[at, atNext] = [atNext, at]
    if (distance < near) return realMatrix(k, k, kernels.view(at, size).slice())
    lowest = step.lowest
    squared(at, 1, k, atGram)
  }
  return null
}

/**
 * The squares of the largest singular value, bounded from above, and of the smallest, from below where the rows are nearly
 * orthogonal, as they are toward the end of FastICA's way: with D = diag(G) and d the size of D^(-1/2) G D^(-1/2) - I they lie
 * within (1 -+ d) D. Else the largest sum of a row bounds the one, and the other is guessed low: a guess that is too high costs
 * more steps than one that is too low.
 */
function singularSquares(gram: Float64Array, k: number): { readonly largest: number; readonly smallest: number } {
  const diagonal = Float64Array.from({ length: k }, (_, i) => gram[i * (k + 1)]!)
  const [longest, shortest] = [Math.max(...diagonal), Math.min(...diagonal)]
  let [rowSum, square] = [0, 0]
  for (let i = 0; i < k; i++) {
    let sum = diagonal[i]!
    for (let j = 0; j < k; j++) {
      if (j === i) continue
      const value = gram[i * k + j]!
      sum += Math.abs(value)
      square += value ** 2 / (diagonal[i]! * diagonal[j]!)
    }
    rowSum = Math.max(rowSum, sum)
  }
  const distance = Math.sqrt(square)
  if (distance < 0.9)
    return { largest: Math.min(rowSum, (1 + distance) * longest), smallest: (1 - distance) * shortest }
  return { largest: rowSum, smallest: 1e-4 * shortest }
}

function distanceFromIdentity(values: Float64Array, k: number): number {
  let sum = 0
  for (let at = 0; at < values.length; at++) sum += values[at]! ** 2
  for (let i = 0; i < k; i++) sum += 1 - 2 * values[i * (k + 1)]!
  return Math.sqrt(Math.max(0, sum))
}
