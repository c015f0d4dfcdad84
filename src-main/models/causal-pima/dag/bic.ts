/** The Bayesian information criterion of a DAG on a table of (soft) counts: what the DAG block's restarts are judged by. */
import type { Digraph } from '../../../../src-shared/graph/digraph.ts'
import { parentsOf } from '../../../../src-shared/graph/digraph.ts'
import { stride } from '../outcomes.ts'

const tiny = 1e-12

/**
 * Marginal counts of a node with its parents: [configurations of the parents, K], the parents' last varying fastest.
 * @param counts [C], row-major over `categories`
 */
export function familyCounts(
  counts: ArrayLike<number>,
  categories: readonly number[],
  node: number,
  parents: readonly number[],
): Float64Array {
  const k = categories[node]!
  const configurations = parents.reduce((product, parent) => product * categories[parent]!, 1)
  const table = new Float64Array(configurations * k)
  const nodeStride = stride(categories, node)
  const strides = parents.map((parent) => stride(categories, parent))
  for (let a = 0; a < counts.length; a++) {
    let at = 0
    for (let p = 0; p < parents.length; p++) {
      const size = categories[parents[p]!]!
      at = at * size + (Math.floor(a / strides[p]!) % size)
    }
    table[at * k + (Math.floor(a / nodeStride) % k)]! += counts[a]!
  }
  return table
}

/** The part of the BIC that one node and its parents contribute, in nats: log-likelihood - 1/2 log n per free parameter. */
export function familyBic(
  counts: ArrayLike<number>,
  categories: readonly number[],
  node: number,
  parents: readonly number[],
): number {
  const k = categories[node]!
  const table = familyCounts(counts, categories, node, parents)
  let total = 0
  let logLikelihood = 0
  for (let row = 0; row < table.length; row += k) {
    let sum = 0
    for (let c = 0; c < k; c++) sum += table[row + c]!
    total += sum
    for (let c = 0; c < k; c++) {
      const m = table[row + c]!
      if (m > 0) logLikelihood += m * Math.log(Math.max(m / Math.max(sum, tiny), tiny))
    }
  }
  return logLikelihood - (0.5 * Math.log(total) * (k - 1) * table.length) / k
}

/** BIC of a DAG, in nats, higher is better: log-likelihood of its maximum-likelihood tables - 1/2 log n per free parameter. */
export function bic(counts: ArrayLike<number>, categories: readonly number[], dag: Digraph): number {
  return categories.reduce((sum, _, node) => sum + familyBic(counts, categories, node, parentsOf(dag, node)), 0)
}
