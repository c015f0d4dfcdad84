/** A Markov-equivalence class by its definition: what faster algorithms are held against. */
import type { Arc, Digraph } from '../../../../src-shared/graph/digraph.ts'
import { digraph, edgesOf, isAcyclic, skeleton } from '../../../../src-shared/graph/digraph.ts'
import { vStructures } from '../../../../src-shared/graph/equivalence.ts'

/** All DAGs with the same skeleton and v-structures, by trying both directions of every edge. */
export function membersByTrial(dag: Digraph): Digraph[] {
  const pairs = edgesOf(skeleton(dag)).filter(([a, b]) => a < b)
  const members: Digraph[] = []
  for (let code = 0; code < 2 ** pairs.length; code++) {
    const candidate = digraph(
      dag.size,
      pairs.map(([a, b], bit): Arc => (((code >> bit) & 1) === 1 ? [b, a] : [a, b])),
    )
    const sameColliders = JSON.stringify(vStructures(candidate)) === JSON.stringify(vStructures(dag))
    if (sameColliders && isAcyclic(candidate)) members.push(candidate)
  }
  return members
}
