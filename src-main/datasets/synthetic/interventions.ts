/**
 * A table of three factors in samples of which some are experiments: in half of them one factor, which the column `set`
 * names, was set by a coin and no longer follows its causes.
 */
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { type Generator, required, sampleIds } from './sample-set.ts'

const names = ['first', 'second', 'third'] as const
const categories = ['low', 'high']

interface Structure {
  readonly edges: readonly (readonly [number, number])[]
  /** Causes before effects. */
  readonly order: readonly number[]
}

const structures: Readonly<Record<string, Structure>> = {
  chain: {
    edges: [
      [0, 1],
      [1, 2],
    ],
    order: [0, 1, 2],
  },
  fork: {
    edges: [
      [1, 0],
      [1, 2],
    ],
    order: [1, 0, 2],
  },
  collider: {
    edges: [
      [0, 1],
      [2, 1],
    ],
    order: [0, 2, 1],
  },
}

/** P(high) by how many of the causes are high: they show, and decide nothing alone. */
function drawTable(random: RandomStream, causes: number): number[] {
  if (causes === 0) return [0.35 + 0.3 * random.uniform()]
  const [low, rise] = [0.1 + 0.15 * random.uniform(), 0.4 + 0.25 * random.uniform()]
  return Array.from({ length: causes + 1 }, (_, high) => low + (rise * high) / causes)
}

export const interventions: Generator = {
  description: 'rows of three factors; in half of them one was set, and a column says which',
  samples: 2000,
  structures: Object.keys(structures),
  table: true,
  make: ({ samples, seed, structure }) => {
    const { edges, order } = structures[required(structure, 'structure')]!
    const parents = names.map((_, node) => edges.filter(([, to]) => to === node).map(([from]) => from))
    const drawn = RandomStream.of(seed, 'interventions/tables')
    const tables = parents.map((causes) => drawTable(drawn, causes.length))
    const random = RandomStream.of(seed, 'interventions/rows')
    const factors = new Uint8Array(samples * names.length)
    // Every second sample is an experiment, on one factor after another.
    const codes = Uint8Array.from({ length: samples }, (_, i) => (i % 2 === 0 ? 0 : 1 + (((i - 1) / 2) % names.length)))
    for (let i = 0; i < samples; i++)
      for (const node of order) {
        const high = parents[node]!.filter((cause) => factors[i * names.length + cause] === 1).length
        const p = codes[i] === node + 1 ? 0.5 : tables[node]![high]!
        factors[i * names.length + node] = Number(random.uniform() < p)
      }
    return {
      ids: sampleIds('r', samples),
      nodes: names.map((name) => ({ name, categories })),
      edges,
      factors,
      latents: [],
      images: null,
      curves: null,
      metadata: [{ name: 'set', categories: ['', ...names], codes }],
      notes: ['A factor that the column set names was set by a coin in that sample.'],
    }
  },
}
