/** Tables of (soft) counts over joint outcomes, row-major over the nodes: what every measure of evidence here rests on. */

export interface Counts {
  /** K_l of each node. */
  readonly categories: readonly number[]
  /** [C], real-valued, not negative; the last node varies fastest. */
  readonly values: ArrayLike<number>
  /**
   * The same samples by which nodes were set from outside in them, where any was; their values add up to the others. A node
   * tells nothing of its causes in samples in which it was set (Cooper & Yoo 1999).
   */
  readonly regimes?: readonly Regime[]
}

/** Samples in which these nodes were set from outside; none in those only observed. */
export interface Regime {
  readonly set: readonly number[]
  readonly values: ArrayLike<number>
}

export function totalOf({ values }: Counts): number {
  let sum = 0
  for (let a = 0; a < values.length; a++) sum += values[a]!
  return sum
}

/** The samples in which `node` was not set: those that tell what it depends on. */
export function observedOf(counts: Counts, node: number): Counts {
  const { categories, values, regimes } = counts
  if (regimes === undefined || regimes.every(({ set }) => !set.includes(node))) return counts
  const kept = new Float64Array(values.length)
  for (const { set, values: part } of regimes)
    if (!set.includes(node)) for (let a = 0; a < kept.length; a++) kept[a]! += part[a]!
  return { categories, values: kept }
}

/** Tables of samples that were treated alike: a dependence within one of them is no trace of what was set. */
export function strata(counts: Counts): readonly Counts[] {
  const { categories, regimes } = counts
  return regimes === undefined ? [counts] : regimes.map(({ values }) => ({ categories, values }))
}

/** The counts with each outcome under the name that it has elsewhere, [C]. */
export function renameOutcomes({ categories, values, regimes }: Counts, outcomes: ArrayLike<number>): Counts {
  const renamed = (table: ArrayLike<number>): Float64Array => {
    const there = new Float64Array(table.length)
    for (let a = 0; a < table.length; a++) there[outcomes[a]!]! += table[a]!
    return there
  }
  return {
    categories,
    values: renamed(values),
    ...(regimes === undefined
      ? {}
      : { regimes: regimes.map((one) => ({ set: one.set, values: renamed(one.values) })) }),
  }
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
    // Of many outcomes few are ever seen.
    if (values[a] === 0) continue
    let at = 0
    for (let p = 0; p < nodes.length; p++) at = at * sizes[p]! + (Math.floor(a / strides[p]!) % sizes[p]!)
    table[at]! += values[a]!
  }
  return table
}

/** The table over some of the nodes, as counts of its own. */
export function countsOver(counts: Counts, nodes: readonly number[]): Counts {
  const { categories, regimes } = counts
  return {
    categories: nodes.map((node) => categories[node]!),
    values: marginal(counts, nodes),
    ...(regimes === undefined
      ? {}
      : {
          regimes: regimes.map(({ set, values }) => ({
            set: nodes.flatMap((node, at) => (set.includes(node) ? [at] : [])),
            values: marginal({ categories, values }, nodes),
          })),
        }),
  }
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
