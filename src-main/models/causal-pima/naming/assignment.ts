/**
 * Which joint outcome is each mixture component called? The ELBO does not care; observation space does: under the right
 * assignment a change of one node costs about the same wherever it happens (causal-pima.md section 5.3).
 */
import type { AssignmentReading } from '../../../../src-shared/methods/facets.ts'
import type { RandomStream } from '../../../../src-shared/random/stream.ts'
import type { Piecewise } from '../../../statistics/piecewise.ts'
import { AssignmentSearch } from './assignment-search.ts'
import { canonicalOrder } from './assignment-symmetry.ts'
import { centredSumOfSquares, informativeDistances } from './component-distances.ts'
import { SeparableFit, separableResidual } from './separable-fit.ts'

export interface AssignmentOptions {
  /** Descents from random assignments, beside the annealing runs; ignored where all assignments can be tried. */
  readonly restarts: number
  /** How many runners-up to keep. */
  readonly rivals?: number
  /** Nodes whose categories the components' names already hold in `order` (anchors); only the other nodes are searched. */
  readonly held?: { readonly nodes: readonly number[]; readonly order: readonly number[] }
}

export interface Assignment {
  readonly chosen: AssignmentReading
  /** Distinct up to the names of categories and of interchangeable nodes, best first. */
  readonly rivals: readonly AssignmentReading[]
  /** Were all distinct assignments tried? */
  readonly exhaustive: boolean
}

/** Up to this many components all assignments are tried: 840 distinct ones for three binary nodes. */
const exhaustiveLimit = 8

/**
 * Residual of the non-negative fit D_ab ~ sum_l w_l(a_l, b_l), relative to the centred sum of squares, averaged over
 * modalities; 0 where no modality tells components apart. Lower is better, the truth need not reach 0.
 * @param distances per modality [C, C]
 * @param order order[outcome] = component
 */
export function assignmentResidual(
  distances: readonly Float64Array[],
  categories: readonly number[],
  order: ArrayLike<number>,
): number {
  const fit = new SeparableFit(categories)
  const informative = informativeDistances(distances, order.length)
  const total = informative.reduce(
    (sum, modality) => sum + separableResidual(fit, modality, order) / centredSumOfSquares(modality, order.length),
    0,
  )
  return informative.length === 0 ? 0 : total / informative.length
}

/**
 * The assignment of components to outcomes with the lowest residual, and its nearest rivals. Exhaustive for up to 8
 * components, else swap descents and annealing until independent runs agree.
 * @param distances per modality [C, C]
 */
export function* searchAssignment(
  distances: readonly Float64Array[],
  categories: readonly number[],
  options: AssignmentOptions,
  random: RandomStream,
): Piecewise<Assignment> {
  const components = categories.reduce((product, k) => product * k, 1)
  const heldNodes = options.held?.nodes ?? []
  const search = new AssignmentSearch(informativeDistances(distances, components), categories, options.held)
  const exhaustive = components <= exhaustiveLimit
  const found = exhaustive ? search.all() : yield* search.best(options.restarts, random)
  const distinct = new Map<string, number[]>()
  for (const order of found) {
    const canonical = canonicalOrder(order, categories, heldNodes)
    distinct.set(canonical.join(), canonical)
  }
  const readings: AssignmentReading[] = []
  for (const order of distinct.values()) {
    readings.push({ order, residual: assignmentResidual(distances, categories, order) })
    yield `comparing ${distinct.size} namings of ${components} components`
  }
  readings.sort((a, b) => a.residual - b.residual)
  return { chosen: readings[0]!, rivals: readings.slice(1, 1 + (options.rivals ?? 5)), exhaustive }
}
