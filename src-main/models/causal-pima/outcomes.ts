/** Joint outcomes a = (a_1, ..., a_L) of categorical nodes, numbered row-major: the last node varies fastest. */
import { refused } from '../../../src-shared/errors.ts'

/** Cost is O(L^2 C): beyond this the joint is refused (causal-pima.md section 1). */
const maximumOutcomes = 4096

/** C = prod K_l; refuses more than `maximumOutcomes`. */
export function countOutcomes(categories: readonly number[]): number {
  const count = categories.reduce((product, k) => product * k, 1)
  if (count > maximumOutcomes)
    throw refused(
      `${categories.length} nodes with ${categories.join(' x ')} categories make ${count} joint outcomes; at most ${maximumOutcomes} can be learnt.`,
      'Use fewer nodes, or fewer categories a node.',
      { field: 'nodes' },
    )
  return count
}

/** Number of outcomes that share the categories of nodes 0..l: the stride of node l. */
export function stride(categories: readonly number[], node: number): number {
  return categories.slice(node + 1).reduce((product, k) => product * k, 1)
}

/** The category of `node` in joint outcome `outcome`. */
export function categoryOf(categories: readonly number[], outcome: number, node: number): number {
  return Math.floor(outcome / stride(categories, node)) % categories[node]!
}

/** [C][L]: every outcome's categories. */
export function outcomeTable(categories: readonly number[]): Int32Array[] {
  return Array.from({ length: countOutcomes(categories) }, (_, outcome) =>
    Int32Array.from(categories, (_k, node) => categoryOf(categories, outcome, node)),
  )
}
