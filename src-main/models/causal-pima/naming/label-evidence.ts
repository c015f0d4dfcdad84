/**
 * What anchors say about the names of components: which outcome each labelled sample contradicts, summed over soft
 * memberships. Components are fitted without labels; labels only help to name them.
 */
import type { RandomStream } from '../../../../src-shared/random/stream.ts'
import type { TrainingData } from '../training-data.ts'
import { categoryOf } from '../outcomes.ts'

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
    for (let a = 0; a < components; a++) known[a] = contradicts(data, row, a) ? 1 : 0
    for (let c = 0; c < components; c++) {
      const weight = memberships[i * components + c]!
      if (weight < 1e-9) continue
      for (let a = 0; a < components; a++) costs[a * components + c]! += weight * known[a]!
    }
  }
  return labelled === 0 ? null : costs.map((cost) => cost / labelled)
}

function contradicts(data: TrainingData, row: number, outcome: number): boolean {
  return data.anchors.some(
    ({ node, codes }) => codes[row]! >= 0 && categoryOf(data.categories, outcome, node) !== codes[row],
  )
}

/** Share of labelled membership that an assignment contradicts, in [0, 1]. */
export function labelDisagreement(costs: Float64Array, order: readonly number[]): number {
  const components = order.length
  return order.reduce((sum, component, outcome) => sum + costs[outcome * components + component]!, 0)
}

/** Lowers `cost` by swapping two components at a time until no swap helps; changes `order` and returns its cost. */
function descend(order: number[], cost: (order: readonly number[]) => number): number {
  let lowest = cost(order)
  for (let improved = true; improved;) {
    improved = false
    for (let i = 0; i < order.length; i++)
      for (let j = i + 1; j < order.length; j++) {
        swap(order, i, j)
        const candidate = cost(order)
        if (candidate < lowest - 1e-12) {
          lowest = candidate
          improved = true
        } else swap(order, i, j)
      }
  }
  return lowest
}

function swap(order: number[], i: number, j: number): void {
  const moved = order[i]!
  order[i] = order[j]!
  order[j] = moved
}

/** Starts of the descent on labels alone; its landscape is an assignment problem, where few get stuck. */
const starts = 20

/**
 * The names that labels ask for: lowest disagreement, ties and unlabelled outcomes settled by `residual`, which weighs
 * `labelWeight` times less.
 * @returns order[outcome] = component
 */
export function namesByLabels(
  costs: Float64Array,
  components: number,
  labelWeight: number,
  residual: (order: readonly number[]) => number,
  random: RandomStream,
): number[] {
  let best: number[] = []
  let lowest = Infinity
  for (let start = 0; start < starts; start++) {
    const order = Array.from(random.permutation(components))
    const cost = descend(order, (candidate) => labelDisagreement(costs, candidate))
    if (cost < lowest) {
      lowest = cost
      best = order
    }
  }
  descend(best, (candidate) => residual(candidate) + labelWeight * labelDisagreement(costs, candidate))
  return best
}
