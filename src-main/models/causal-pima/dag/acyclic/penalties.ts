/**
 * How far a weighted graph is from being acyclic, smoothly: 0 just where it is. Of strengths E [L, L] both take the squares
 * W = E o E, which are not negative.
 */

export interface Acyclicity {
  readonly value: number
  /** By E, [L, L]. */
  readonly gradient: Float64Array
}

type Penalty = (strengths: Float64Array, size: number) => Acyclicity

function multiply(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size * size)
  for (let i = 0; i < size; i++)
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k]!
      if (factor === 0) continue
      for (let j = 0; j < size; j++) out[i * size + j]! += factor * b[k * size + j]!
    }
  return out
}

function identity(size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, at) => Number(Math.floor(at / size) === at % size))
}

/** By E of a function of W = E o E whose derivative by W is the transposed matrix. */
function throughSquares(strengths: Float64Array, transposed: Float64Array, size: number): Float64Array {
  return strengths.map((e, at) => 2 * e * transposed[(at % size) * size + Math.floor(at / size)]!)
}

/** tr exp(W) - L (NOTEARS: Zheng et al. 2018); the exponential by its series, which ends for small W. */
export const traceExponential: Penalty = (strengths, size) => {
  const w = strengths.map((e) => e * e)
  let power = identity(size)
  const exponential = identity(size)
  for (let k = 1; k <= 60; k++) {
    power = multiply(power, w, size).map((x) => x / k)
    let most = 0
    power.forEach((x, at) => {
      exponential[at]! += x
      most = Math.max(most, x)
    })
    if (most < 1e-17) break
  }
  let trace = -size
  for (let i = 0; i < size; i++) trace += exponential[i * size + i]!
  return { value: trace, gradient: throughSquares(strengths, exponential, size) }
}

/**
 * -log det(s I - W) + L log s (DAGMA: Bello et al. 2022). Infinite, without a gradient, outside of the M-matrices, which
 * hold every W whose spectral radius is below s.
 */
export function logDeterminant(s: number): Penalty {
  return (strengths, size) => {
    const matrix = strengths.map((e, at) => (Math.floor(at / size) === at % size ? s : 0) - e * e)
    const inverse = identity(size)
    let log = 0
    // Gauss and Jordan without pivoting: an M-matrix has positive pivots, and nothing else has only such.
    for (let i = 0; i < size; i++) {
      const pivot = matrix[i * size + i]!
      if (!(pivot > 1e-12)) return { value: Infinity, gradient: new Float64Array(size * size) }
      log += Math.log(pivot)
      for (let j = 0; j < size; j++) {
        matrix[i * size + j]! /= pivot
        inverse[i * size + j]! /= pivot
      }
      for (let r = 0; r < size; r++) {
        const factor = matrix[r * size + i]!
        if (r === i || factor === 0) continue
        for (let j = 0; j < size; j++) {
          matrix[r * size + j]! -= factor * matrix[i * size + j]!
          inverse[r * size + j]! -= factor * inverse[i * size + j]!
        }
      }
    }
    return { value: size * Math.log(s) - log, gradient: throughSquares(strengths, inverse, size) }
  }
}
