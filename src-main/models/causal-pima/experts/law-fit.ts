/**
 * Whether curves follow the law that an expert says: each curve of a part of the samples fitted by the law with parameters of
 * its own, against as many free directions, principal axes of the other part (causal-pima.md section 6). A right law leaves
 * no more than these do, whatever the noise.
 */
import { RandomStream } from '../../../../src-shared/random/stream.ts'
import type { LawFit } from '../../../../src-shared/methods/causal-pima/result.ts'
import { descend, type Theta } from '../../../statistics/least-squares.ts'
import { principalAxes } from '../../../statistics/linear-algebra/principal-axes.ts'
import { centred, columnMeans, type RealMatrix, realMatrix } from '../../../statistics/linear-algebra/real-matrix.ts'
import type { Breathe } from '../../../statistics/piecewise.ts'
import { Parameters } from '../../nn/parameters.ts'
import { Expert, type ExpertConfig } from './experts.ts'
import { noiseName } from './formula-syntax.ts'

/** The law's own values, then drawn ones and those that other curves came to by turns. */
const mostStarts = 13
/** More starts are no use once so many have gained less than this share together. */
const patience = 4
const worthwhile = 0.02
/** Curves of each part, and the fewest that say anything. */
const mostCurves = 64
const fewestCurves = 20

export interface CurvesOfLaw {
  /** [n, points], stored scale */
  readonly values: Float32Array
  readonly grid: readonly number[]
  /** Stored-scale offset, as experts take it. */
  readonly offset: number
}

/**
 * Null where there are too few curves, too few points for the law's parameters, where curves do not vary, or where the law says
 * nothing finite of one.
 */
export async function lawFit(config: ExpertConfig, curves: CurvesOfLaw, breathe: Breathe): Promise<LawFit | null> {
  const points = curves.grid.length
  const all = curves.values.length / points
  const taken = Math.min(all, 2 * mostCurves)
  const rows = Array.from({ length: taken }, (_, i) => Math.floor((i * all) / taken))
  const part = (odd: number): RealMatrix => {
    const own = rows.filter((_, i) => i % 2 === odd)
    const matrix = realMatrix(own.length, points)
    own.forEach((row, i) => matrix.values.set(curves.values.subarray(row * points, (row + 1) * points), i * points))
    return matrix
  }
  const [first, second] = [part(0), part(1)]
  if (second.rows < fewestCurves) return null
  const law = new Law(config, curves, second.rows)
  try {
    const parameters = law.start.length
    if (points <= parameters + 1) return null
    const [variance, free] = freeErrors(first, second, parameters)
    if (variance === 0 || free === 0) return null
    const error = await law.fit(second.values, free, breathe)
    if (!Number.isFinite(error)) return null
    return { modality: config.modality, law: config.formula ?? config.kind, parameters, error, free, variance }
  } finally {
    law.dispose()
  }
}

/** Variance of the second part about the first one's mean, and what is left of it beyond the first one's leading axes. */
function freeErrors(first: RealMatrix, second: RealMatrix, axes: number): [number, number] {
  const points = first.columns
  const mean = columnMeans(first)
  const found = principalAxes(centred(first, mean)).axes
  const rest = centred(second, mean).values
  const square = (): number => rest.reduce((sum, value) => sum + value * value, 0) / rest.length
  const variance = square()
  for (let k = 0; k < Math.min(axes, found.rows); k++)
    for (let i = 0; i < second.rows; i++) {
      let along = 0
      for (let j = 0; j < points; j++) along += rest[i * points + j]! * found.values[k * points + j]!
      for (let j = 0; j < points; j++) rest[i * points + j]! -= along * found.values[k * points + j]!
    }
  // Of noise alone as many directions take their share whatever they are; a law's curve may take less.
  return [variance, (square() * points) / (points - axes)]
}

/** An expert whose components are single curves. */
class Law {
  /** By parameter, the law's own starting values, [P][n]. */
  readonly start: Theta
  readonly #names: readonly string[]
  readonly #store = new Parameters()
  readonly #expert: Expert
  readonly #random = RandomStream.of(0, 'law')

  constructor(config: ExpertConfig, { grid, offset }: CurvesOfLaw, curves: number) {
    this.#expert = new Expert(config, this.#store, this.#random, grid, offset, curves)
    this.#names = this.#store.entries().flatMap(([name]) => (name.endsWith(`/${noiseName}`) ? [] : [name]))
    this.start = this.#names.map((name) => Float64Array.from(this.#store.get(name).dataSync()))
  }

  async #curvesOf(theta: Theta): Promise<ArrayLike<number>> {
    theta.forEach((column, p) => this.#store.set(this.#names[p]!, Float32Array.from(column)))
    const curves = this.#expert.curves()
    const values = await curves.data()
    curves.dispose()
    return values
  }

  /** Mean squared error under the parameters that fit each curve best; no more starts once it is below `enough`. */
  async fit(targets: ArrayLike<number>, enough: number, breathe: Breathe): Promise<number> {
    const n = this.start[0]!.length
    const errors = new Float64Array(n).fill(Infinity)
    const best = this.start.map((column) => column.slice())
    const mean = (): number => errors.reduce((sum, error) => sum + error, 0) / n
    const after: number[] = []
    for (let start = 0; start < mostStarts && !(mean() < enough); start++) {
      const before = after.at(-patience)
      if (before !== undefined && mean() > (1 - worthwhile) * before) break
      const own = start === 0 ? 0 : 1
      const theta = start > 0 && start % 2 === 0 ? this.#lent(best, errors) : this.#drawn(own)
      const found = await descend({ curvesOf: (at) => this.#curvesOf(at), targets }, theta)
      found.forEach((error, i) => {
        if (!(error < errors[i]!)) return
        errors[i] = error
        theta.forEach((column, p) => (best[p]![i] = column[i]!))
      })
      after.push(mean())
      await breathe()
    }
    return mean()
  }

  #drawn(spread: 0 | 1): Theta {
    const random = this.#random
    const sign = (): number => (random.uniform() < 0.2 * spread ? -1 : 1)
    return this.start.map((column) =>
      column.map((value) => sign() * value * Math.exp(spread * random.normal()) + 0.5 * spread * random.normal()),
    )
  }

  /** Parameters of another curve, rather of one that fits well. */
  #lent(best: Theta, errors: Float64Array): Theta {
    const lender = (): number => {
      const [a, b] = [this.#random.integer(errors.length), this.#random.integer(errors.length)]
      return errors[a]! < errors[b]! ? a : b
    }
    const from = Int32Array.from(errors, lender)
    return best.map((column) => column.map((_, i) => column[from[i]!]!))
  }

  dispose(): void {
    this.#expert.dispose()
    this.#store.dispose()
  }
}
