/**
 * What a naming of components costs (causal-pima.md section 5.3), in a form that a swap search can follow: every
 * criterion sums the distances of pairs of outcomes into a few projections, and its cost is a function of those.
 */
import { RandomStream } from '../../../../src-shared/random/stream.ts'
import { outcomeTable } from '../outcomes.ts'
import { EffectCost } from './effect-cost.ts'
import { SeparableFit } from './separable-fit.ts'

export interface Criterion {
  /** [C, C], symmetric, between components. */
  readonly distances: Float64Array
  /** What its cost counts in the sum over criteria. */
  readonly weight: number
  /** Number of projections. */
  readonly size: number
  /** Adds to the projections that outcomes a and b, a != b, are `change` further apart. */
  project(projections: Float64Array, a: number, b: number, change: number): void
  cost(projections: Float64Array): number
}

/** Sum of squares of the distances about their mean over pairs: what a residual is relative to. */
function centredSumOfSquares(distances: Float64Array, components: number): number {
  const pairs: number[] = []
  for (let a = 0; a < components; a++) {
    for (let b = a + 1; b < components; b++) pairs.push(distances[a * components + b]!)
  }
  const mean = pairs.reduce((sum, value) => sum + value, 0) / pairs.length
  return pairs.reduce((sum, value) => sum + (value - mean) ** 2, 0)
}

/** Do the distances tell namings apart: is their spread more than rounding? */
export function isInformative(distances: Float64Array): boolean {
  const largest = distances.reduce((a, b) => Math.max(a, Math.abs(b)), 0)
  return centredSumOfSquares(distances, Math.sqrt(distances.length)) > 1e-18 * largest * largest
}

/** Residual of the non-negative fit D_ab ~ sum_l w_l(a_l, b_l), relative to the sum of squares about the mean. */
export function separableCriterion(distances: Float64Array, categories: readonly number[]): Criterion {
  const fit = new SeparableFit(categories)
  const squares = distances.reduce((sum, value) => sum + value * value, 0) / 2
  const centred = centredSumOfSquares(distances, Math.sqrt(distances.length))
  const nodes = categories.length
  const outcomes = Int32Array.from(outcomeTable(categories).flatMap((outcome) => Array.from(outcome)))
  const weights = categories.map((k, node) =>
    Int32Array.from({ length: k * k }, (_, at) => fit.weightOf(node, Math.floor(at / k), at % k)),
  )
  return {
    distances,
    weight: 1,
    size: fit.weights,
    project: (projections, a, b, change) => {
      for (let node = 0; node < nodes; node++) {
        const p = outcomes[a * nodes + node]!
        const q = outcomes[b * nodes + node]!
        if (p !== q) projections[weights[node]![p * categories[node]! + q]!]! += change
      }
    },
    cost: (projections) => (squares - fit.explained(projections)) / centred,
  }
}

/** How much of the means' amplitude the interactions of nodes take, from squared distances (effect-cost.ts). */
export function effectCriterion(distances: Float64Array, categories: readonly number[]): Criterion {
  const effects = new EffectCost(categories)
  return {
    distances,
    weight: 1,
    size: effects.patterns,
    project: (projections, a, b, change) => (projections[effects.patternOf(a, b)]! += change),
    cost: (projections) => effects.cost(projections),
  }
}

/** Projections when outcome a stands for component order[a]. */
export function projectionsOf(criterion: Criterion, order: ArrayLike<number>): Float64Array {
  const components = order.length
  const projections = new Float64Array(criterion.size)
  for (let a = 0; a < components; a++)
    for (let b = a + 1; b < components; b++)
      criterion.project(projections, a, b, criterion.distances[order[a]! * components + order[b]!]!)
  return projections
}

/** The sum of weighted costs of a naming. */
export function namingCost(criteria: readonly Criterion[], order: ArrayLike<number>): number {
  return criteria.reduce(
    (sum, criterion) => sum + criterion.weight * criterion.cost(projectionsOf(criterion, order)),
    0,
  )
}

const chanceNamings = 200

/** Namings by chance, the same for every call with as many components. */
export function namingsByChance(components: number, count = chanceNamings): Int32Array[] {
  const random = RandomStream.of(components, 'naming/chance')
  return Array.from({ length: count }, () => random.permutation(components))
}

/** As many as tell their mean cost: of more outcomes fewer, for each already is a mean over more pairs. */
function chanceNamingsFor(components: number): number {
  return Math.max(20, Math.min(chanceNamings, Math.round(chanceNamings * (64 / components) ** 2)))
}

/** The criterion with its weight such that namings by chance cost `share` on average. */
export function relativeToChance(criterion: Criterion, share: number): Criterion {
  const components = Math.sqrt(criterion.distances.length)
  const namings = namingsByChance(components, chanceNamingsFor(components))
  const mean = namings.reduce((sum, order) => sum + criterion.cost(projectionsOf(criterion, order)), 0) / namings.length
  return { ...criterion, weight: mean > 0 ? share / mean : 0 }
}
