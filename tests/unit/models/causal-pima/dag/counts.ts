import type { BayesianNetwork } from '../../../../../src-main/datasets/synthetic/bayesian-network.ts'
import { denseTable, sampleNetwork } from '../../../../../src-main/datasets/synthetic/bayesian-network.ts'
import { categoryOf, countOutcomes } from '../../../../../src-main/models/causal-pima/outcomes.ts'
import { RandomStream } from '../../../../../src-shared/random/stream.ts'

export const categoriesOf = (network: BayesianNetwork): number[] => network.nodes.map((node) => node.categories.length)

/** The network's own joint distribution times `n`: counts without sampling error, [C]. */
export function exactCounts(network: BayesianNetwork, n: number): Float64Array {
  const categories = categoriesOf(network)
  const names = network.nodes.map((node) => node.name)
  return Float64Array.from({ length: countOutcomes(categories) }, (_, outcome) =>
    network.nodes.reduce((p, node, l) => {
      const row = node.parents.reduce((at, name) => {
        const parent = names.indexOf(name)
        return at * categories[parent]! + categoryOf(categories, outcome, parent)
      }, 0)
      return p * denseTable(network, node)[row]![categoryOf(categories, outcome, l)]!
    }, n),
  )
}

/** Counts of `n` samples drawn from the network, [C]. */
export function sampledCounts(network: BayesianNetwork, n: number, seed: number): Float64Array {
  const categories = categoriesOf(network)
  const factors = sampleNetwork(network, n, RandomStream.of(seed, 'samples'))
  const counts = new Float64Array(countOutcomes(categories))
  for (let i = 0; i < n; i++) {
    counts[categories.reduce((at, k, l) => at * k + factors[i * categories.length + l]!, 0)]! += 1
  }
  return counts
}
