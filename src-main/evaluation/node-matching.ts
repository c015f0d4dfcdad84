/**
 * Which factor does each learnt node stand for? The model's nodes and their categories come in any order, so nodes are
 * matched before any graph metric, by their samples alone.
 */
import { normalisedMutualInformation } from './clustering.ts'
import { contingency } from '../statistics/contingency.ts'
import { bestMatching } from '../statistics/matching.ts'

export interface NodeMatching {
  /** Factor of each node, -1 for a node left over. */
  readonly factorOf: readonly number[]
  /** NMI of each node with its factor, null for a node left over. */
  readonly nmi: readonly (number | null)[]
}

/**
 * Nodes to factors by Hungarian on NMI.
 * @param nodes [L][n] category of each sample
 * @param factors [F][n]
 */
export function matchNodes(nodes: readonly ArrayLike<number>[], factors: readonly ArrayLike<number>[]): NodeMatching {
  const nmi = nodes.map((node) => factors.map((factor) => normalisedMutualInformation(node, factor)))
  const factorOf = bestMatching(nmi)
  return { factorOf, nmi: factorOf.map((factor, node) => nmi[node]![factor] ?? null) }
}

/** The factor's category that each of a node's categories stands for (Hungarian on counts), by label; unmatched ones are absent. */
export function matchCategories(node: ArrayLike<number>, factor: ArrayLike<number>): Map<number, number> {
  const { counts, rowLabels, columnLabels } = contingency(node, factor)
  return new Map(
    bestMatching(counts).flatMap((column, row): [number, number][] =>
      column < 0 ? [] : [[rowLabels[row]!, columnLabels[column]!]],
    ),
  )
}
