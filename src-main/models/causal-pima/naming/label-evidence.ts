/**
 * What anchors say about the names of components: which outcome each labelled sample contradicts, summed over soft
 * memberships. Components are fitted without labels; labels only help to name them.
 */
import { bestMatching } from '../../../statistics/matching.ts'
import type { Piecewise } from '../../../statistics/piecewise.ts'
import { countOutcomes } from '../outcomes.ts'
import type { TrainingData } from '../training-data.ts'
import { AssignmentSearch } from './assignment-search.ts'
import type { Criterion } from './criterion.ts'

/**
 * Share of labelled membership that contradicts calling component c by outcome a: [C outcomes, C components]; null
 * without a labelled sample. The sum over a of cost[a][order[a]] is the disagreement of an assignment, in [0, 1].
 * @param memberships [rows, C components]
 */
export function labelCosts(
  data: TrainingData,
  rows: Int32Array,
  memberships: ArrayLike<number>,
  components: number,
): Float64Array | null {
  const costs = new Float64Array(components * components)
  const known = new Float64Array(components)
  let labelled = 0
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    if (!data.isLabelled(row)) continue
    labelled++
    known.fill(0)
    data.addKnown(row, known)
    for (let c = 0; c < components; c++) {
      const weight = memberships[i * components + c]!
      if (weight < 1e-9) continue
      for (let a = 0; a < components; a++) if (known[a] !== 0) costs[a * components + c]! += weight
    }
  }
  return labelled === 0 ? null : costs.map((cost) => cost / labelled)
}

/** Share of labelled membership that an assignment contradicts, in [0, 1]. */
export function labelDisagreement(costs: Float64Array, order: readonly number[]): number {
  const components = order.length
  return order.reduce((sum, component, outcome) => sum + costs[outcome * components + component]!, 0)
}

/**
 * The names that labels ask for: an assignment problem, solved exactly. Ties and outcomes without labels are then settled
 * by geometry, which weighs `labelWeight` times less, with swaps that lower the sum of both.
 * @param costs as `labelCosts`
 * @returns order[outcome] = component
 */
export function* namesByLabels(
  costs: Float64Array,
  criteria: readonly Criterion[],
  categories: readonly number[],
  labelWeight: number,
): Piecewise<number[]> {
  const components = countOutcomes(categories)
  const order = bestMatching(
    Array.from({ length: components }, (_, outcome) =>
      Array.from(costs.subarray(outcome * components, (outcome + 1) * components), (cost) => -cost),
    ),
  )
  const search = new AssignmentSearch(criteria, categories)
  return yield* search.settle(order, { costs, weight: labelWeight })
}
