/** Published networks as tables whose nodes are known without error. */
import {
  type BayesianNetwork,
  networkEdges,
  sampleNetwork,
} from '../../../src-main/datasets/synthetic/bayesian-network.ts'
import { type Digraph, digraph } from '../../../src-shared/graph/digraph.ts'
import type { RandomStream } from '../../../src-shared/random/stream.ts'

export interface KnownTable {
  readonly truth: Digraph
  /** [L][n] */
  readonly labels: readonly (readonly number[])[]
  readonly categories: readonly number[]
}

export function tableOfNetwork(network: BayesianNetwork, rows: number, random: RandomStream): KnownTable {
  const size = network.nodes.length
  const drawn = sampleNetwork(network, rows, random)
  return {
    truth: digraph(size, networkEdges(network)),
    labels: network.nodes.map((_, node) => Array.from({ length: rows }, (_r, row) => drawn[row * size + node]!)),
    categories: network.nodes.map(({ categories }) => categories.length),
  }
}
