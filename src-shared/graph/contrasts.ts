/** Component means put side by side so that they differ in one node alone: what its categories look like. */

/** Nodes with their categories, and components that each have one category of every node. */
export interface Categorised {
  readonly nodes: readonly { readonly categories: readonly string[] }[]
  readonly components: readonly { readonly categories: readonly number[]; readonly weight: number }[]
}

export interface Contrast {
  /** The other nodes' categories; the node's own place holds -1. */
  readonly given: readonly number[]
  /** For each category of the node the component with it, index into `components`; null: there is none. */
  readonly components: readonly (number | null)[]
  /** Smallest share of samples among these components: how firmly they were seen. */
  readonly support: number
}

/** Every setting of the other nodes, the best supported first. */
export function contrasts({ nodes, components }: Categorised, node: number): Contrast[] {
  const categories = nodes[node]?.categories.length ?? 0
  const byGiven = new Map<string, { given: number[]; components: (number | null)[]; weights: number[] }>()
  components.forEach((component, index) => {
    const given = component.categories.map((category, i) => (i === node ? -1 : category))
    const key = given.join()
    const entry = byGiven.get(key) ?? {
      given,
      components: new Array<number | null>(categories).fill(null),
      weights: new Array<number>(categories).fill(0),
    }
    const own = component.categories[node] ?? 0
    entry.components[own] = index
    entry.weights[own] = component.weight
    byGiven.set(key, entry)
  })
  return [...byGiven.values()]
    .map(({ given, components: own, weights }) => ({ given, components: own, support: Math.min(...weights) }))
    .sort((a, b) => b.support - a.support)
}

/** Shares of the second node's categories within each of the first's, [first][second], by the components' weights. */
export function crossTable(
  { nodes, components }: Categorised,
  first: number,
  second: number,
): readonly (readonly number[])[] {
  const table = Array.from({ length: nodes[first]?.categories.length ?? 0 }, () =>
    new Array<number>(nodes[second]?.categories.length ?? 0).fill(0),
  )
  for (const { categories, weight } of components) {
    const row = table[categories[first] ?? 0]
    const column = categories[second] ?? 0
    if (row !== undefined) row[column] = (row[column] ?? 0) + weight
  }
  return table.map((row) => {
    const total = row.reduce((sum, share) => sum + share, 0)
    return row.map((share) => (total > 0 ? share / total : 0))
  })
}
