/**
 * Which joint outcome is each mixture component called? The ELBO does not care; observation space does: under the right
 * assignment a change of one node looks about the same wherever it happens (causal-pima.md section 5.3).
 */
import { evidenceThresholds } from '../../../../src-shared/findings/thresholds.ts'
import type { AssignmentReading } from '../../../../src-shared/methods/facets.ts'
import type { RandomStream } from '../../../../src-shared/random/stream.ts'
import type { Piecewise } from '../../../statistics/piecewise.ts'
import { AssignmentSearch, type HeldNames } from './assignment-search.ts'
import { canonicalOrder } from './assignment-symmetry.ts'
import { type Criterion, namingCost } from './criterion.ts'

export interface AssignmentOptions {
  /** Descents from random assignments, beside the annealing runs; ignored where all assignments can be tried. */
  readonly restarts: number
  readonly held?: HeldNames
  /** Share of a whole search that it may cost; 1 by default. */
  readonly effort?: number
}

export interface Assignment {
  readonly chosen: AssignmentReading
  /** Distinct up to the names of categories and of interchangeable nodes, best first. */
  readonly rivals: readonly AssignmentReading[]
  /** Were all distinct assignments tried? */
  readonly exhaustive: boolean
}

/** Up to this many components all assignments are tried: 840 distinct ones for three binary nodes. */
export const exhaustiveLimit = 8

/** Runners-up kept at least, and at most where more of them are rivals. */
const [fewestKept, mostKept] = [5, 20]

/** Every naming that really differs from the others and agrees with the held nodes; for few components alone. */
export function distinctNamings(categories: readonly number[], held?: HeldNames): number[][] {
  return distinct(new AssignmentSearch([], categories, held).all(), categories, held)
}

function distinct(orders: readonly Int32Array[], categories: readonly number[], held?: HeldNames): number[][] {
  const namings = new Map<string, number[]>()
  for (const order of orders) {
    const canonical = canonicalOrder(order, categories, held?.nodes)
    namings.set(canonical.join(), canonical)
  }
  return [...namings.values()]
}

/**
 * The assignment of components to outcomes with the lowest cost, and its nearest rivals. Exhaustive for up to 8
 * components, else swap descents and annealing until independent runs agree.
 */
export function* searchAssignment(
  criteria: readonly Criterion[],
  categories: readonly number[],
  options: AssignmentOptions,
  random: RandomStream,
): Piecewise<Assignment> {
  const components = categories.reduce((product, k) => product * k, 1)
  const search = new AssignmentSearch(criteria, categories, options.held, options.effort)
  const exhaustive = components <= exhaustiveLimit
  const found = exhaustive ? search.all() : yield* search.best(options.restarts, random)
  return { ...(yield* cheapestOf(distinct(found, categories, options.held), criteria)), exhaustive }
}

/** The naming with the lowest cost of some that differ, and its nearest rivals. */
export function* cheapestOf(
  namings: readonly number[][],
  criteria: readonly Criterion[],
): Piecewise<Omit<Assignment, 'exhaustive'>> {
  const readings: AssignmentReading[] = []
  for (const order of namings) {
    readings.push({ order, residual: namingCost(criteria, order) })
    yield `comparing ${namings.length} namings of ${order.length} components`
  }
  readings.sort((a, b) => a.residual - b.residual)
  const chosen = readings[0]!
  const rivals = readings
    .slice(1, 1 + mostKept)
    .filter(
      ({ residual }, i) => i < fewestKept || residual <= (1 + evidenceThresholds.rivalTolerance) * chosen.residual,
    )
  return { chosen, rivals }
}
