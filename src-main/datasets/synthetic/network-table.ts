/** A published discrete network as a data set: rows drawn from it, every node a metadata column, no modality. */
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { type BayesianNetwork, networkEdges, sampleNetwork } from './bayesian-network.ts'
import { type Generator, sampleIds } from './sample-set.ts'

export function networkTable(network: BayesianNetwork): Generator {
  return {
    description: `rows drawn from the ${network.name} network (${network.source})`,
    samples: 5000,
    table: true,
    make: ({ samples, seed }) => ({
      ids: sampleIds('r', samples),
      nodes: network.nodes.map(({ name, categories }) => ({ name, categories })),
      edges: networkEdges(network),
      factors: sampleNetwork(network, samples, RandomStream.of(seed, `${network.name}/rows`)),
      latents: [],
      images: null,
      curves: null,
      notes: [],
    }),
  }
}
