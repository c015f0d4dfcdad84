/** How well labels are predicted, when classes are not of one size too. */
import { likeliest } from '../../statistics/likeliest.ts'
import type { RealMatrix } from '../../statistics/linear-algebra/real-matrix.ts'

export interface ClassificationMeasures {
  readonly accuracy: number
  /** Mean over classes of the share of its samples that are predicted right: 1 / classes by chance. */
  readonly balancedAccuracy: number
  /** Mean over classes that occur or are predicted of the harmonic mean of precision and recall. */
  readonly macroF1: number
  /** Samples of each class by what they were predicted to be, [class][predicted]. */
  readonly confusion: readonly (readonly number[])[]
  readonly samples: number
}

/**
 * @param probabilities [n, classes]; the first of equals is predicted
 * @param labels [n], from 0
 */
export function classificationMeasures(
  { rows, columns, values }: RealMatrix,
  labels: ArrayLike<number>,
): ClassificationMeasures {
  if (rows !== labels.length || rows === 0)
    throw new RangeError(`${rows} predictions cannot be measured on ${labels.length} labels`)
  const predicted = likeliest(values, columns)
  const confusion = Array.from({ length: columns }, () => new Array<number>(columns).fill(0))
  for (let i = 0; i < rows; i++) confusion[labels[i]!]![predicted[i]!]!++
  const sizes = confusion.map((row) => row.reduce((sum, count) => sum + count, 0))
  const answers = confusion.map((_, k) => confusion.reduce((sum, row) => sum + row[k]!, 0))
  const right = confusion.map((row, k) => row[k]!)
  const mean = (of: readonly number[]): number => of.reduce((sum, value) => sum + value, 0) / of.length
  return {
    accuracy: right.reduce((sum, count) => sum + count, 0) / rows,
    balancedAccuracy: mean(right.flatMap((count, k) => (sizes[k]! > 0 ? [count / sizes[k]!] : []))),
    macroF1: mean(
      right.flatMap((count, k) => (sizes[k]! + answers[k]! > 0 ? [(2 * count) / (sizes[k]! + answers[k]!)] : [])),
    ),
    confusion,
    samples: rows,
  }
}
