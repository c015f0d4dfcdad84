/** Tables of (soft) counts over joint outcomes, row-major over the nodes: what every measure of evidence here rests on. */

export interface Counts {
  /** K_l of each node. */
  readonly categories: readonly number[]
  /** [C], real-valued, not negative; the last node varies fastest. */
  readonly values: ArrayLike<number>
}

export function totalOf({ values }: Counts): number {
  let sum = 0
  for (let a = 0; a < values.length; a++) sum += values[a]!
  return sum
}

/** Number of outcomes that share the categories of nodes 0..l: the stride of node l. */
function strideOf(categories: readonly number[], node: number): number {
  return categories.slice(node + 1).reduce((product, k) => product * k, 1)
}

/** Marginal counts over `nodes`, [prod K], row-major in the order given. */
export function marginal({ categories, values }: Counts, nodes: readonly number[]): Float64Array {
  const table = new Float64Array(nodes.reduce((product, node) => product * categories[node]!, 1))
  const strides = nodes.map((node) => strideOf(categories, node))
  const sizes = nodes.map((node) => categories[node]!)
  for (let a = 0; a < values.length; a++) {
    let at = 0
    for (let p = 0; p < nodes.length; p++) at = at * sizes[p]! + (Math.floor(a / strides[p]!) % sizes[p]!)
    table[at]! += values[a]!
  }
  return table
}

/** The table over some of the nodes, as counts of its own. */
export function countsOver(counts: Counts, nodes: readonly number[]): Counts {
  return { categories: nodes.map((node) => counts.categories[node]!), values: marginal(counts, nodes) }
}

/**
 * Counts of hard labels.
 * @param labels [L][n] category of each sample
 */
export function countLabels(labels: readonly ArrayLike<number>[], categories: readonly number[]): Counts {
  const values = new Float64Array(categories.reduce((product, k) => product * k, 1))
  for (const outcome of outcomesOf(labels, categories)) values[outcome]! += 1
  return { categories, values }
}

/** Categories of every node in each joint outcome, [C][L]. */
export function categoriesOfOutcomes(categories: readonly number[]): number[][] {
  const outcomes = categories.reduce((product, k) => product * k, 1)
  return Array.from({ length: outcomes }, (_, a) =>
    categories.map((k, node) => Math.floor(a / strideOf(categories, node)) % k),
  )
}

/**
 * Joint outcome of each sample, [n].
 * @param labels [L][n] category of each sample
 */
export function outcomesOf(labels: readonly ArrayLike<number>[], categories: readonly number[]): Int32Array {
  const outcomes = new Int32Array(labels[0]?.length ?? 0)
  labels.forEach((node, l) => {
    for (let d = 0; d < outcomes.length; d++) outcomes[d] = outcomes[d]! * categories[l]! + node[d]!
  })
  return outcomes
}
