/**
 * Discrete Bayesian networks with known tables: the truth behind the synthetic sets, and ancestral sampling from them.
 * Tables are keyed by the parents' categories, so that each row reads like the published one.
 */
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import type { TruthNode } from './sample-set.ts'

export interface NetworkNode extends TruthNode {
  /** Names of the parents, in the order of a key of the table. */
  readonly parents: readonly string[]
  /** P(node | parents): for each combination of the parents' categories, joined by a comma, the node's distribution. */
  readonly table: Readonly<Record<string, readonly number[]>>
}

export interface BayesianNetwork {
  readonly name: string
  readonly source: string
  readonly nodes: readonly NetworkNode[]
}

/** Edges parent -> node, as node indices. Throws on a parent that is no node. */
export function networkEdges(network: BayesianNetwork): [number, number][] {
  return network.nodes.flatMap((node, to) => node.parents.map((p): [number, number] => [indexOf(network, p), to]))
}

/** Node indices, each after its parents. Throws when the edges hold a cycle. */
export function topologicalOrder(network: BayesianNetwork): number[] {
  const order: number[] = []
  const placed = new Set<string>()
  while (order.length < network.nodes.length) {
    const ready = network.nodes.findIndex((n) => !placed.has(n.name) && n.parents.every((p) => placed.has(p)))
    if (ready < 0) throw new Error(`The network ${network.name} has a cycle.`)
    placed.add(network.nodes[ready]!.name)
    order.push(ready)
  }
  return order
}

/** Draws n samples by ancestral sampling: categories [n, nodes]. A smaller n is a prefix of a larger one. */
export function sampleNetwork(network: BayesianNetwork, n: number, stream: RandomStream): Uint8Array {
  const width = network.nodes.length
  const steps = topologicalOrder(network).map((column) => {
    const node = network.nodes[column]!
    const parents = node.parents.map((p) => indexOf(network, p))
    return { column, parents, rows: denseTable(network, node) }
  })
  const factors = new Uint8Array(n * width)
  for (let i = 0; i < n; i++) {
    for (const { column, parents, rows } of steps) {
      let row = 0
      for (const p of parents) row = row * network.nodes[p]!.categories.length + factors[i * width + p]!
      factors[i * width + column] = stream.categorical(rows[row]!)
    }
  }
  return factors
}

/** The table's rows in row-major order of the parents' categories. Throws on a missing or misshapen row. */
export function denseTable(network: BayesianNetwork, node: NetworkNode): readonly (readonly number[])[] {
  const parents = node.parents.map((p) => network.nodes[indexOf(network, p)]!)
  const keys = parents.reduce<string[][]>(
    (prefixes, parent) => prefixes.flatMap((prefix) => parent.categories.map((c) => [...prefix, c])),
    [[]],
  )
  return keys.map((key) => {
    const row = node.table[key.join(',')]
    if (row?.length !== node.categories.length)
      throw new Error(`P(${node.name} | ${node.parents.join(', ')}) lacks the row (${key.join(', ')}).`)
    return row
  })
}

function indexOf(network: BayesianNetwork, name: string): number {
  const index = network.nodes.findIndex((node) => node.name === name)
  if (index < 0) throw new Error(`The network ${network.name} has no node ${name}.`)
  return index
}
