/** Graphs over the nodes of a family, all with tables of one rule, so that families differ by what is measured alone. */
import type { BayesianNetwork, NetworkNode } from '../bayesian-network.ts'
import type { TruthNode } from '../sample-set.ts'

/**
 * A network over the nodes: a child of K categories follows Binomial(K - 1, q), q = .15 + .7 times the mean of its
 * parents' positions in [0, 1], the first parent counted double; a `lean` other than .7 goes from .5 - lean / 2 to
 * .5 + lean / 2. Roots are uniform unless `roots` gives their distribution.
 */
export function leaningNetwork(
  name: string,
  nodes: readonly TruthNode[],
  parentsOf: Readonly<Record<string, readonly string[]>>,
  roots: Readonly<Record<string, readonly number[]>> = {},
  lean = 0.7,
): BayesianNetwork {
  const categoriesOf = (node: string): readonly string[] => nodes.find((other) => other.name === node)?.categories ?? []
  return {
    name,
    source: 'docs/data-sets.md',
    nodes: nodes.map((node): NetworkNode => {
      const parents = parentsOf[node.name] ?? []
      const k = node.categories.length
      if (parents.length === 0)
        return { ...node, parents, table: { '': roots[node.name] ?? node.categories.map(() => 1 / k) } }
      const rows = parents.reduce<{ key: string[]; sum: number; weight: number }[]>(
        (rows, parent, at) =>
          rows.flatMap(({ key, sum, weight }) => {
            const categories = categoriesOf(parent)
            const counted = at === 0 ? 2 : 1
            return categories.map((category, c) => ({
              key: [...key, category],
              sum: sum + (counted * c) / (categories.length - 1),
              weight: weight + counted,
            }))
          }),
        [{ key: [], sum: 0, weight: 0 }],
      )
      const table = rows.map(({ key, sum, weight }): [string, number[]] => [
        key.join(','),
        binomial(k - 1, (1 - lean) / 2 + (lean * sum) / weight),
      ])
      return { ...node, parents, table: Object.fromEntries(table) }
    }),
  }
}

/** P(0), ..., P(n) of n draws with probability q. */
function binomial(n: number, q: number): number[] {
  let choose = 1
  return Array.from({ length: n + 1 }, (_, c) => {
    const p = choose * q ** c * (1 - q) ** (n - c)
    choose = (choose * (n - c)) / (c + 1)
    return p
  })
}

export type Networks = ReadonlyMap<string, BayesianNetwork>

/** The graphs over two nodes a, b. */
export function twoNodes(a: TruthNode, b: TruthNode): Networks {
  const nodes = [a, b]
  return new Map([
    ['chain', leaningNetwork('chain', nodes, { [b.name]: [a.name] })],
    ['independent', leaningNetwork('independent', nodes, {})],
  ])
}

const parentsOfThree = (
  a: string,
  b: string,
  c: string,
): Readonly<Record<string, Readonly<Record<string, string[]>>>> => ({
  chain: { [b]: [a], [c]: [b] },
  fork: { [b]: [a], [c]: [a] },
  collider: { [c]: [a, b] },
  complete: { [b]: [a], [c]: [a, b] },
  independent: {},
})

/** The graphs over three nodes a, b, c, the named one first. */
export function threeNodes(
  first: 'chain' | 'fork' | 'collider' | 'complete',
  [a, b, c]: readonly [TruthNode, TruthNode, TruthNode],
  roots: Readonly<Record<string, readonly number[]>> = {},
  lean = 0.7,
): Networks {
  const structures = parentsOfThree(a.name, b.name, c.name)
  const names = [first, ...Object.keys(structures).filter((name) => name !== first)]
  return new Map(names.map((name) => [name, leaningNetwork(name, [a, b, c], structures[name]!, roots, lean)]))
}
