/**
 * What a node with its parents contributes to the log score of a DAG on a table of real-valued counts: Bayesian-Dirichlet
 * with a uniform prior of given equivalent sample size (BDeu, Buntine 1991; Heckerman et al. 1995), with one pseudo-count
 * a cell (K2, Cooper & Herskovits 1992) and the BIC (Schwarz 1978). BDeu and BIC are equal for equivalent DAGs, K2 is not.
 */
import { logGamma } from '../statistics/special-functions.ts'
import { type EdgeConstraints, mayHaveParents } from '../../src-shared/knowledge/constraints.ts'
import { type Counts, marginal, observedOf } from './counts.ts'

export type Score = { readonly kind: 'bdeu'; readonly equivalentSampleSize: number } | { readonly kind: 'k2' | 'bic' }

/** In nats, of the samples in which the node was not set; the node varies fastest in its family's table. */
export function familyScore(counts: Counts, node: number, parents: readonly number[], score: Score): number {
  const k = counts.categories[node]!
  const table = marginal(observedOf(counts, node), [...parents, node])
  switch (score.kind) {
    case 'bdeu': {
      const cell = score.equivalentSampleSize / table.length
      return dirichlet(table, k, cell)
    }
    case 'k2':
      return dirichlet(table, k, 1)
    case 'bic':
      return informationCriterion(table, k)
  }
}

/** Log marginal likelihood of the rows of a table under Dirichlet priors with `cell` pseudo-counts everywhere. */
function dirichlet(table: Float64Array, k: number, cell: number): number {
  const none = logGamma(cell)
  const empty = logGamma(cell * k)
  let score = 0
  for (let row = 0; row < table.length; row += k) {
    let total = 0
    for (let c = 0; c < k; c++) {
      const count = table[row + c]!
      total += count
      if (count > 0) score += logGamma(cell + count) - none
    }
    if (total > 0) score += empty - logGamma(cell * k + total)
  }
  return score
}

function informationCriterion(table: Float64Array, k: number): number {
  let logLikelihood = 0
  let all = 0
  for (let row = 0; row < table.length; row += k) {
    let total = 0
    for (let c = 0; c < k; c++) total += table[row + c]!
    all += total
    for (let c = 0; c < k; c++) {
      const count = table[row + c]!
      if (count > 0) logLikelihood += count * (Math.log(count) - Math.log(total))
    }
  }
  return logLikelihood - (0.5 * Math.log(Math.max(all, 1)) * (k - 1) * table.length) / k
}

/**
 * Scores of every node with every set of parents: [L][2^L] by bit mask, -Infinity where a node is its own parent or may not
 * have these.
 */
export function familyScores(counts: Counts, score: Score, constraints: EdgeConstraints | null = null): Float64Array[] {
  const size = counts.categories.length
  return Array.from({ length: size }, (_, node) => {
    const observed = observedOf(counts, node)
    return Float64Array.from({ length: 1 << size }, (_set, mask) => {
      if ((mask & (1 << node)) !== 0) return -Infinity
      if (constraints !== null && !mayHaveParents(constraints, node, mask)) return -Infinity
      return familyScore(observed, node, members(mask), score)
    })
  })
}

/** The nodes of a bit mask, ascending. */
export function members(mask: number): number[] {
  const nodes: number[] = []
  for (let node = 0; mask >> node !== 0; node++) if ((mask & (1 << node)) !== 0) nodes.push(node)
  return nodes
}
