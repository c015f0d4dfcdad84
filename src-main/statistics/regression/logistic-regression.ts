/**
 * Logistic regression with an L2 penalty, in scikit-learn's form: C times the sum of the losses plus half the squared
 * weights, intercepts free. Two classes have one row of weights, more have one each (multinomial).
 */
import { refused } from '../../../src-shared/errors.ts'
import { product, productWithTranspose } from '../linear-algebra/products.ts'
import { realMatrix, transposed, type RealMatrix } from '../linear-algebra/real-matrix.ts'
import { minimise } from './lbfgs.ts'

export interface LogisticRegression {
  readonly classes: number
  /** [1, d] for two classes, else [classes, d] */
  readonly weights: RealMatrix
  /** [1] or [classes] */
  readonly intercepts: Float64Array
  readonly iterations: number
  readonly converged: boolean
}

export interface LogisticOptions {
  /** Number of classes; labels are 0 to classes - 1. */
  readonly classes: number
  /** Inverse strength of the penalty. */
  readonly c: number
  /** default 1000 */
  readonly maxIterations?: number
  /** Largest entry of the gradient of the mean loss at the end; default 1e-4, scikit-learn's. */
  readonly tolerance?: number
}

/**
 * @param rows [n, d]
 * @param labels [n]
 */
export function logisticRegression(
  rows: RealMatrix,
  labels: ArrayLike<number>,
  { classes, c, maxIterations = 1000, tolerance = 1e-4 }: LogisticOptions,
): LogisticRegression {
  if (classes < 2) throw refused('One class alone cannot be told from anything.', 'Give rows of at least two classes.')
  const outputs = classes === 2 ? 1 : classes
  const [n, d] = [rows.rows, rows.columns]
  const size = outputs * d
  const turned = transposed(rows)
  const objective = (at: Float64Array, gradient: Float64Array): number => {
    const weights = realMatrix(outputs, d, at.subarray(0, size))
    const scores = scoresOf(rows, weights, at.subarray(size))
    const loss = classes === 2 ? binaryLoss(scores, labels) : multinomialLoss(scores, labels)
    // `scores` now holds the derivatives, [n, outputs]: the longer operand on the left is the faster way round.
    const slopes = product(turned, scores).values
    let penalty = 0
    for (let o = 0; o < outputs; o++) {
      let sum = 0
      for (let i = 0; i < n; i++) sum += scores.values[i * outputs + o]!
      gradient[size + o] = sum / n
      for (let j = 0; j < d; j++) {
        const weight = weights.values[o * d + j]!
        penalty += weight ** 2
        gradient[o * d + j] = (slopes[j * outputs + o]! + weight / c) / n
      }
    }
    return (loss + penalty / (2 * c)) / n
  }
  const options = { maxIterations, gradientTolerance: tolerance }
  const { at, iterations, converged } = minimise(objective, new Float64Array(size + outputs), options)
  const weights = realMatrix(outputs, d, at.slice(0, size))
  return { classes, weights, intercepts: at.slice(size), iterations, converged }
}

/** Scores of every class, [n, classes]: logits up to what all classes share. */
export function logits({ classes, weights, intercepts }: LogisticRegression, rows: RealMatrix): RealMatrix {
  const scores = scoresOf(rows, weights, intercepts)
  if (classes > 2) return scores
  const both = realMatrix(rows.rows, 2)
  for (let i = 0; i < rows.rows; i++) both.values[2 * i + 1] = scores.values[i]!
  return both
}

/** The best of the classes allowed (default: all) for each row, [n]; of equals the first. */
export function bestClasses(scores: RealMatrix, allowed?: readonly boolean[]): Int32Array {
  return Int32Array.from({ length: scores.rows }, (_, i) => {
    let best = -1
    for (let k = 0; k < scores.columns; k++) {
      if (allowed?.[k] === false) continue
      if (best < 0 || scores.values[i * scores.columns + k]! > scores.values[i * scores.columns + best]!) best = k
    }
    return best
  })
}

function scoresOf(rows: RealMatrix, weights: RealMatrix, intercepts: Float64Array): RealMatrix {
  const scores = productWithTranspose(rows, weights)
  const outputs = weights.rows
  for (let i = 0, at = 0; i < rows.rows; i++)
    for (let o = 0; o < outputs; o++, at++) scores.values[at]! += intercepts[o]!
  return scores
}

/** Sum of log(1 + e^s) - y s; turns the scores into its derivatives. */
function binaryLoss({ values }: RealMatrix, labels: ArrayLike<number>): number {
  let loss = 0
  for (let i = 0; i < values.length; i++) {
    const score = values[i]!
    const tail = Math.exp(-Math.abs(score))
    loss += Math.max(score, 0) + Math.log1p(tail) - labels[i]! * score
    values[i] = (score >= 0 ? 1 / (1 + tail) : tail / (1 + tail)) - labels[i]!
  }
  return loss
}

/** Sum of log sum e^s - s_y; turns the scores into its derivatives. */
function multinomialLoss({ rows, columns, values }: RealMatrix, labels: ArrayLike<number>): number {
  let loss = 0
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * columns, (i + 1) * columns)
    let highest = -Infinity
    for (let k = 0; k < columns; k++) highest = Math.max(highest, row[k]!)
    loss -= row[labels[i]!]! - highest
    let sum = 0
    for (let k = 0; k < columns; k++) sum += row[k] = Math.exp(row[k]! - highest)
    loss += Math.log(sum)
    for (let k = 0; k < columns; k++) row[k]! /= sum
    row[labels[i]!]! -= 1
  }
  return loss
}
