/**
 * Probabilities read from the joint p(a) over the nodes' joint outcomes, row-major: marginals, and the conditional
 * tables of the read-out graph.
 */
import { type LearnedGraph, parentsIn } from '../graph/learned-graph.ts'

export interface ConditionalRow {
  /** Category of each parent, in the order of `parents`. */
  readonly given: readonly number[]
  /** P(node = k | given), [K], sums to 1. */
  readonly probabilities: readonly number[]
  /** P(given). */
  readonly weight: number
}

export interface ConditionalTable {
  readonly node: number
  readonly parents: readonly number[]
  /** One row a combination of the parents' categories, the last parent's changing fastest. */
  readonly rows: readonly ConditionalRow[]
}

/** Below this share of all samples, a parents' combination says nothing about its child through the joint. */
const negligible = 1e-9

/** [L][C]: category of each node in each joint outcome, row-major. */
export function categoriesOfOutcomes(counts: readonly number[]): readonly (readonly number[])[] {
  const outcomes = counts.reduce((product, k) => product * k, 1)
  let stride = outcomes
  return counts.map((count) => {
    stride /= count
    return Array.from({ length: outcomes }, (_, a) => Math.floor(a / stride) % count)
  })
}

/** The graph stores log(p + 1e-12) (causal-pima.md section 1). */
const floor = 1e-12

/** p(a), [C], normalised. */
export function joint(graph: LearnedGraph): readonly number[] {
  const p = graph.logJoint.map((logP) => Math.max(0, Math.exp(logP) - floor))
  const total = p.reduce((sum, value) => sum + value, 0)
  return p.map((value) => value / total)
}

function normalised(values: readonly number[]): readonly number[] {
  const total = values.reduce((sum, value) => sum + value, 0)
  return total > 0 ? values.map((value) => value / total) : values.map(() => 1 / values.length)
}

/** P(node = k), [L][K]. */
export function marginals(graph: LearnedGraph): readonly (readonly number[])[] {
  const counts = graph.nodes.map((node) => node.categories.length)
  const categories = categoriesOfOutcomes(counts)
  const p = joint(graph)
  return counts.map((count, l) => {
    const out = new Array<number>(count).fill(0)
    p.forEach((value, a) => (out[categories[l]![a]!]! += value))
    return normalised(out)
  })
}

/**
 * P(node | its parents in the read-out graph), [L]: the joint summed over all other nodes, which is the closest network
 * of that graph to the joint (in Kullback-Leibler divergence). A combination of parents that never occurs has no such
 * quotient; its row is the mean of the model's own table P_l over the other nodes.
 */
export function conditionalTables(graph: LearnedGraph): readonly ConditionalTable[] {
  const counts = graph.nodes.map((node) => node.categories.length)
  const categories = categoriesOfOutcomes(counts)
  const p = joint(graph)
  return counts.map((count, node) => {
    const parents = parentsIn(graph, node)
    const given = categoriesOfOutcomes(parents.map((parent) => counts[parent]!))
    const rows = parents.reduce((product, parent) => product * counts[parent]!, 1)
    const mass = Array.from({ length: rows }, () => new Array<number>(count).fill(0))
    const model = Array.from({ length: rows }, () => new Array<number>(count).fill(0))
    p.forEach((value, a) => {
      const row = parents.reduce((index, parent) => index * counts[parent]! + categories[parent]![a]!, 0)
      const k = categories[node]![a]!
      mass[row]![k]! += value
      model[row]![k]! += graph.nodeTables[node]?.[a] ?? 0
    })
    return {
      node,
      parents,
      rows: mass.map((values, row) => {
        const weight = values.reduce((sum, value) => sum + value, 0)
        return {
          given: parents.map((_, i) => given[i]![row]!),
          probabilities: normalised(weight > negligible ? values : model[row]!),
          weight,
        }
      }),
    }
  })
}
