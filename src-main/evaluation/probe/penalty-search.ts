/**
 * The penalty of a linear probe, searched on validation rows: C over a grid, then eight halvings of a bracket of log10 C
 * around the best. `released` is the search of the authors' code to the letter; `paper` looks a grid step to either side and
 * takes the best that validation has seen instead of where the last halving stood.
 */
import type { RealMatrix } from '../../statistics/linear-algebra/real-matrix.ts'
import {
  bestClasses,
  logisticRegression,
  logits,
  type LogisticRegression,
} from '../../statistics/regression/logistic-regression.ts'

export type ProbeProfile = 'paper' | 'released'

const grid = [1e6, 1e4, 1e2, 1, 1e-2, 1e-4, 1e-6] as const
const halvings = 8
const bracket = { paper: 2, released: 1 } as const
const maxIterations = 1000

export interface Labelled {
  /** [n, d] */
  readonly rows: RealMatrix
  /** [n], 0 to classes - 1 */
  readonly labels: ArrayLike<number>
}

export interface Probe {
  readonly fitted: LogisticRegression
  readonly c: number
  readonly validationAccuracy: number
}

export function accuracyOf(predicted: ArrayLike<number>, labels: ArrayLike<number>): number {
  let right = 0
  for (let i = 0; i < predicted.length; i++) if (predicted[i] === labels[i]) right++
  return right / predicted.length
}

export function searchProbe(training: Labelled, validation: Labelled, classes: number, profile: ProbeProfile): Probe {
  const tried = new Map<number, Probe>()
  const at = (power: number): Probe => {
    const known = tried.get(power)
    if (known !== undefined) return known
    const c = 10 ** power
    const fitted = logisticRegression(training.rows, training.labels, { classes, c, maxIterations })
    const validationAccuracy = accuracyOf(bestClasses(logits(fitted, validation.rows)), validation.labels)
    const probe = { fitted, c, validationAccuracy }
    tried.set(power, probe)
    return probe
  }
  const better = (best: Probe, other: Probe): Probe =>
    other.validationAccuracy > best.validationAccuracy ? other : best
  const peak = grid.map((c) => at(Math.log10(c))).reduce(better)
  let [left, right] = [Math.log10(peak.c) - bracket[profile], Math.log10(peak.c) + bracket[profile]]
  let last = peak
  for (let step = 0; step < halvings; step++) {
    const [low, high] = [at(left), at(right)]
    const middle = (left + right) / 2
    // Ties go to the left, the stronger penalty.
    if (low.validationAccuracy < high.validationAccuracy) [last, left] = [high, middle]
    else [last, right] = [low, middle]
  }
  return profile === 'released' ? last : Array.from(tried.values()).reduce(better)
}
