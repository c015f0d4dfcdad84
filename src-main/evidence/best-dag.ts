/**
 * The best DAG on a table of counts, exactly: dynamic programming over subsets of nodes (Silander & Myllymaki 2006). The
 * joint has at most 4,096 outcomes, hence at most 12 nodes, so that every parent set can be scored.
 */
import type { Arc, Digraph } from '../../src-shared/graph/digraph.ts'
import { digraph } from '../../src-shared/graph/digraph.ts'
import { type EdgeConstraints, mayHaveParents } from '../../src-shared/knowledge/constraints.ts'
import type { RandomStream } from '../../src-shared/random/stream.ts'
import { type Counts, observedOf, totalOf } from './counts.ts'

/** Scores of all families of a table. A set of nodes is a bit mask; family scores add up to a graph's score. */
export interface FamilyScores {
  readonly nodes: number
  /** [nodes][2^nodes]: BIC of a node given the parents in the mask, in nats. The node's own bit is ignored. */
  readonly scores: readonly Float64Array[]
}

/**
 * @param counts with a positive sum; a node is scored on the samples in which it was not set
 * @param constraints families that are against what is known score -Infinity
 */
export function scoreFamilies(counts: Counts, constraints: EdgeConstraints | null = null): FamilyScores {
  const { categories } = counts
  const nodes = categories.length
  const sets = 2 ** nodes
  const configurations = new Float64Array(sets).fill(1)
  for (let set = 1; set < sets; set++) {
    const node = lowestBit(set)
    configurations[set] = configurations[set & (set - 1)]! * categories[node]!
  }
  const fits = new Map<Counts, Float64Array>()
  const scores = categories.map((k, node) => {
    const observed = observedOf(counts, node)
    const fit = fits.get(observed) ?? subsetLogSums(observed.values, categories)
    fits.set(observed, fit)
    const parameterPrice = 0.5 * Math.log(Math.max(totalOf(observed), 1))
    return Float64Array.from({ length: sets }, (_, set) => {
      const parents = set & ~(1 << node)
      if (constraints !== null && !mayHaveParents(constraints, node, parents)) return -Infinity
      const logLikelihood = fit[parents | (1 << node)]! - fit[parents]!
      return logLikelihood - parameterPrice * (k - 1) * configurations[parents]!
    })
  })
  return { nodes, scores }
}

/** sum m log m over the marginal counts of every subset of nodes, [2^L]; each table is its neighbour's with one axis summed. */
function subsetLogSums(counts: ArrayLike<number>, categories: readonly number[]): Float64Array {
  const nodes = categories.length
  const sums = new Float64Array(2 ** nodes)
  /** `table` is the marginal of `set`; nodes below `from` may still be summed out. */
  const visit = (table: Float64Array, set: number, from: number): void => {
    let sum = 0
    for (const m of table) if (m > 0) sum += m * Math.log(m)
    sums[set] = sum
    for (let node = 0; node < from; node++) {
      let inner = 1
      for (let other = node + 1; other < nodes; other++) if ((set >> other) & 1) inner *= categories[other]!
      visit(sumAxis(table, categories[node]!, inner), set & ~(1 << node), node)
    }
  }
  visit(Float64Array.from(counts), 2 ** nodes - 1, nodes)
  return sums
}

function sumAxis(table: Float64Array, size: number, inner: number): Float64Array {
  const out = new Float64Array(table.length / size)
  for (let at = 0; at < out.length; at++) {
    const from = Math.floor(at / inner) * inner * size + (at % inner)
    for (let c = 0; c < size; c++) out[at]! += table[from + c * inner]!
  }
  return out
}

function lowestBit(set: number): number {
  return 31 - Math.clz32(set & -set)
}

export function graphScore({ nodes, scores }: FamilyScores, dag: Digraph): number {
  let sum = 0
  for (let to = 0; to < nodes; to++) {
    let parents = 0
    for (let from = 0; from < nodes; from++) if (dag.adjacency[from * nodes + to] === 1) parents |= 1 << from
    sum += scores[to]![parents]!
  }
  return sum
}

/**
 * A DAG with the highest score of all. Equivalent DAGs score the same; which member of the class comes out is drawn at
 * random, since nothing in the counts prefers one.
 */
export function bestDag({ nodes, scores }: FamilyScores, random: RandomStream): Digraph {
  const sets = 2 ** nodes
  const parentsWithin = scores.map((own, node) => bestSubsets(own, node, sets))
  // Building up from the empty set: the best network on `set` has a sink whose parents lie in the rest.
  const value = new Float64Array(sets)
  for (let set = 1; set < sets; set++) {
    value[set] = -Infinity
    for (let node = 0; node < nodes; node++) {
      if (((set >> node) & 1) === 0) continue
      const rest = set & ~(1 << node)
      const total = value[rest]! + scores[node]![parentsWithin[node]![rest]!]!
      if (total > value[set]!) value[set] = total
    }
  }
  const edges: Arc[] = []
  for (let set = sets - 1; set !== 0;) {
    const sinks: number[] = []
    for (let node = 0; node < nodes; node++) {
      if (((set >> node) & 1) === 0) continue
      const rest = set & ~(1 << node)
      if (value[rest]! + scores[node]![parentsWithin[node]![rest]!]! >= value[set]! - rounding) sinks.push(node)
    }
    const sink = sinks[random.integer(sinks.length)]!
    set &= ~(1 << sink)
    const parents = parentsWithin[sink]![set]!
    for (let node = 0; node < nodes; node++) if ((parents >> node) & 1) edges.push([node, sink])
  }
  return digraph(nodes, edges)
}

/** Scores this close are the same but for rounding, nats. */
const rounding = 1e-7

/** For every set of candidates, the best parents within it (fewer parents first), [sets]. */
function bestSubsets(scores: Float64Array, node: number, sets: number): Int32Array {
  const best = new Int32Array(sets)
  for (let set = 1; set < sets; set++) {
    if (((set >> node) & 1) === 1) continue
    let choice = -1
    for (let rest = set; rest !== 0; rest &= rest - 1) {
      const smaller = best[set & ~(1 << lowestBit(rest))]!
      if (choice < 0 || scores[smaller]! > scores[choice]!) choice = smaller
    }
    best[set] = scores[set]! > scores[choice]! + rounding ? set : choice
  }
  return best
}
