/** The Bayesian information criterion of a DAG on a table of (soft) counts: what the DAG block's restarts are judged by. */
import type { Digraph } from '../../../../src-shared/graph/digraph.ts'
import { parentsOf } from '../../../../src-shared/graph/digraph.ts'
import { familyScore } from '../../../evidence/family-score.ts'

/** The part of the BIC that one node and its parents contribute, in nats: log-likelihood - 1/2 log n per free parameter. */
function familyBic(
  counts: ArrayLike<number>,
  categories: readonly number[],
  node: number,
  parents: readonly number[],
): number {
  return familyScore({ categories, values: counts }, node, parents, { kind: 'bic' })
}

/** BIC of a DAG, in nats, higher is better: log-likelihood of its maximum-likelihood tables - 1/2 log n per free parameter. */
export function bic(counts: ArrayLike<number>, categories: readonly number[], dag: Digraph): number {
  return categories.reduce((sum, _, node) => sum + familyBic(counts, categories, node, parentsOf(dag, node)), 0)
}
