/** Random DAGs of binary nodes, and samples of them whose nodes are known without error. */
import { digraph, parentsOf, topologicalOrder, type Digraph } from '../../../src-shared/graph/digraph.ts'
import type { RandomStream } from '../../../src-shared/random/stream.ts'

/** @param density share of the pairs that are joined */
export function randomDag(size: number, random: RandomStream, density = 0.5): Digraph {
  const order = random.permutation(size)
  const arcs: [number, number][] = []
  for (let i = 0; i < size; i++)
    for (let j = i + 1; j < size; j++) if (random.uniform() < density) arcs.push([order[i]!, order[j]!])
  return digraph(size, arcs)
}

/** Binary nodes, each conditional probability uniform ("any strength") or at least .5 apart between neighbouring rows. */
export function sample(dag: Digraph, n: number, strong: boolean, random: RandomStream): number[][] {
  const order = topologicalOrder(dag)!
  const tables = order.map(() => new Map<string, number>())
  const labels = order.map(() => new Array<number>(n).fill(0))
  const probability = (node: number, given: readonly number[]): number => {
    const known = tables[node]!.get(given.join())
    if (known !== undefined) return known
    const even = given.reduce((sum, k) => sum + k, 0) % 2 === 0
    const p = strong ? (even ? 0.05 : 0.6) + 0.3 * random.uniform() : random.uniform()
    tables[node]!.set(given.join(), p)
    return p
  }
  for (let d = 0; d < n; d++)
    for (const node of order) {
      const given = parentsOf(dag, node).map((parent) => labels[parent]![d]!)
      labels[node]![d] = random.uniform() < probability(node, given) ? 1 : 0
    }
  return labels
}
