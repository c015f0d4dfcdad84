/** x -> a <- u -> b <- y as a table without u: no graph over the four columns has their independences. */
import { RandomStream } from '../../../../src-shared/random/stream.ts'
import { type BayesianNetwork, type NetworkNode, sampleNetwork } from '../bayesian-network.ts'
import { binary } from '../families/shapes.ts'
import { type Generator, sampleIds } from '../sample-set.ts'

const names = ['x', 'a', 'b', 'y']
const even = { '': [0.5, 0.5] }

/** Either cause alone makes a child likely as not, both all but certain. */
const effect = { 'no,no': [0.95, 0.05], 'no,yes': [0.5, 0.5], 'yes,no': [0.5, 0.5], 'yes,yes': [0.05, 0.95] }
const root = (name: string): NetworkNode => ({ ...binary(name, 'no', 'yes'), parents: [], table: even })
const child = (name: string, own: string): NetworkNode => ({
  ...binary(name, 'no', 'yes'),
  parents: [own, 'u'],
  table: effect,
})
const network: BayesianNetwork = {
  name: 'hidden-cause',
  source: 'docs/data-sets.md',
  nodes: [root('x'), child('a', 'x'), child('b', 'y'), root('y'), root('u')],
}

export const hiddenCause: Generator = {
  description: 'a table x, a, b, y in which a and b share a cause that is not a column',
  samples: 2000,
  table: true,
  make: ({ samples, seed }) => {
    const drawn = sampleNetwork(network, samples, RandomStream.of(seed, 'hidden-cause/rows'))
    return {
      ids: sampleIds('r', samples),
      nodes: names.map((name) => ({ name, categories: ['no', 'yes'] })),
      edges: [
        [0, 1],
        [3, 2],
      ],
      factors: Uint8Array.from({ length: 4 * samples }, (_, at) => drawn[5 * Math.floor(at / 4) + (at % 4)]!),
      latents: [{ name: 'u', values: Float64Array.from({ length: samples }, (_, i) => drawn[5 * i + 4]!) }],
      images: null,
      curves: null,
      notes: ['a and b share the cause u, which is not a column: the edges name the causes that are.'],
    }
  },
}
