/** Whether a classifier is right as often as it says, and the one number that mends most of it. */
import { realMatrix, type RealMatrix } from '../../statistics/linear-algebra/real-matrix.ts'
import { likeliest } from '../../statistics/likeliest.ts'
import { minimise } from '../../statistics/regression/lbfgs.ts'

export interface ReliabilityBin {
  /** Probabilities of the predicted class in (from, to]. */
  readonly from: number
  readonly to: number
  readonly samples: number
  /** Mean probability of the predicted class, and how often it was right; null in an empty bin. */
  readonly confidence: number | null
  readonly accuracy: number | null
}

export interface Reliability {
  readonly bins: readonly ReliabilityBin[]
  /** Mean over samples of the distance between confidence and accuracy of their bin (Naeini 2015; Guo 2017). */
  readonly expectedCalibrationError: number
}

/**
 * @param probabilities [n, classes]
 * @param labels [n]
 */
export function reliability({ rows, columns, values }: RealMatrix, labels: ArrayLike<number>, bins = 10): Reliability {
  const sums = Array.from({ length: bins }, () => ({ samples: 0, confidence: 0, right: 0 }))
  const predicted = likeliest(values, columns)
  for (let i = 0; i < rows; i++) {
    const confidence = values[i * columns + predicted[i]!]!
    const bin = sums[Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1))]!
    bin.samples++
    bin.confidence += confidence
    bin.right += Number(predicted[i] === labels[i])
  }
  return {
    bins: sums.map(({ samples, confidence, right }, at) => ({
      from: at / bins,
      to: (at + 1) / bins,
      samples,
      confidence: samples === 0 ? null : confidence / samples,
      accuracy: samples === 0 ? null : right / samples,
    })),
    expectedCalibrationError: sums.reduce((sum, { confidence, right }) => sum + Math.abs(confidence - right), 0) / rows,
  }
}

/** Mean squared distance of the probabilities from the label, summed over classes (Brier 1950): 0 to 2. */
export function brierScore({ rows, columns, values }: RealMatrix, labels: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < columns; k++) sum += (values[i * columns + k]! - Number(labels[i] === k)) ** 2
  return sum / rows
}

export interface Temperature {
  /** Logits are divided by it: above 1 for a classifier that is too sure of itself. */
  readonly temperature: number
  /** Mean negative logarithm of the true class's probability on the rows it was fitted to, nats. */
  readonly before: number
  readonly after: number
}

/** A classifier that is never wrong on the rows would have it go to 0. */
const [lowest, highest] = [0.05, 20]

/**
 * Temperature scaling (Guo et al. 2017): the one temperature with the least loss on rows that nothing was learnt from.
 * @param logits [n, classes]
 * @param labels [n]
 */
export function fitTemperature(logits: RealMatrix, labels: ArrayLike<number>): Temperature {
  const { columns, values, rows } = logits
  // In log T, so that it stays positive; flat beyond the ends, where the search then stops.
  const within = (logT: number): number => Math.min(Math.log(highest), Math.max(Math.log(lowest), logT))
  const loss = (logT: number): { value: number; slope: number } => {
    const heat = Math.exp(within(logT))
    let [value, slope] = [0, 0]
    for (let i = 0; i < rows; i++) {
      const row = values.subarray(i * columns, (i + 1) * columns)
      const top = row.reduce((most, z) => Math.max(most, z), -Infinity)
      let [total, weighted] = [0, 0]
      for (const z of row) {
        const weight = Math.exp((z - top) / heat)
        total += weight
        weighted += weight * z
      }
      const own = row[labels[i]!]!
      value += Math.log(total) + (top - own) / heat
      slope += (own - weighted / total) / heat
    }
    return { value: value / rows, slope: logT === within(logT) ? slope / rows : 0 }
  }
  const { at } = minimise(
    (point, gradient) => {
      const { value, slope } = loss(point[0]!)
      gradient[0] = slope
      return value
    },
    new Float64Array(1),
    { maxIterations: 100, gradientTolerance: 1e-8 },
  )
  const found = within(at[0]!)
  return { temperature: Math.exp(found), before: loss(0).value, after: loss(found).value }
}

/** Probabilities of logits at a temperature, [n, classes]. */
export function probabilitiesAt({ rows, columns, values }: RealMatrix, temperature: number): RealMatrix {
  const out = realMatrix(rows, columns)
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * columns, (i + 1) * columns)
    const top = row.reduce((most, z) => Math.max(most, z), -Infinity)
    const weights = row.map((z) => Math.exp((z - top) / temperature))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    weights.forEach((weight, k) => (out.values[i * columns + k] = weight / total))
  }
  return out
}
