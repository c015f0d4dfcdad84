/** What is done to an analysis, one assumption at a time, and by which words a reader would be told of it. */
import type { BayesianNetwork, NetworkNode } from '../../../src-main/datasets/synthetic/bayesian-network.ts'
import { makeSynthetic } from '../../../src-main/datasets/synthetic/registry.ts'
import type { SyntheticSet } from '../../../src-main/datasets/synthetic/sample-set.ts'
import {
  decays,
  drivenBy,
  selected,
  spectra,
  tableOf,
  withIdleTable,
  withNoisyTable,
  withoutCurves,
  withoutTable,
} from './sets.ts'

export const kinds = ['components', 'hidden', 'selection', 'modality', 'expert', 'samples'] as const
export type Kind = (typeof kinds)[number]

export interface Case {
  readonly kind: Kind
  readonly what: string
  /** Takes so long that it is only done when asked for. */
  readonly large?: boolean
  make(seed: number): Promise<SyntheticSet>
  /** Of `train`. */
  readonly flags: readonly string[]
  /** A caution in such words tells of the trouble. */
  readonly warning: RegExp
}

const samples = 1200
/** Wherever the question is what a wrong assumption does to arrows: splitting -> source <- ratio. */
const collider = (seed: number, n = samples): Promise<SyntheticSet> =>
  spectra({ samples: n, seed, structure: 'collider' })
const independent = (seed: number, n: number): Promise<SyntheticSet> =>
  spectra({ samples: n, seed, structure: 'independent' })

const poor =
  /two groups|agree on|readings|may not be real|almost no sample|rest on less|undecided|no better than|worse than a model/

function components(what: string, nodes: string): Case {
  return { kind: 'components', what, make: collider, flags: ['--nodes', nodes], warning: poor }
}

const even = { '': [0.5, 0.5] }
/** Either cause alone makes the effect likely as not, both all but certain. */
const effect = { '0,0': [0.95, 0.05], '0,1': [0.5, 0.5], '1,0': [0.5, 0.5], '1,1': [0.05, 0.95] }
const binary = (name: string, parents: readonly string[], table: NetworkNode['table']): NetworkNode => ({
  name,
  categories: ['0', '1'],
  parents,
  table,
})
const follows = { '0': [0.85, 0.15], '1': [0.15, 0.85] }

/** ratio <- unseen -> source; splitting by itself. */
const shared: BayesianNetwork = {
  name: 'shared',
  source: 'here',
  nodes: [
    binary('splitting', [], even),
    binary('ratio', ['unseen'], follows),
    binary('source', ['unseen'], follows),
    binary('unseen', [], even),
  ],
}
/** splitting -> ratio <- unseen -> source: the best graph over three has source -> ratio, and no independence denies it. */
const turned: BayesianNetwork = {
  name: 'turned',
  source: 'here',
  nodes: [
    binary('splitting', [], even),
    binary('ratio', ['splitting', 'unseen'], effect),
    binary('source', ['unseen'], { '0': [0.95, 0.05], '1': [0.05, 0.95] }),
    binary('unseen', [], even),
  ],
}
const unseen = /unmeasured/i
const three = ['--nodes', '2,2,2']

const hidden: readonly Case[] = [
  {
    kind: 'hidden',
    what: 'two nodes share an unseen cause',
    make: async (seed) => drivenBy(await independent(seed, 6 * samples), samples, shared, [], seed),
    flags: three,
    warning: unseen,
  },
  {
    kind: 'hidden',
    what: 'an effect shares an unseen cause with a third node',
    make: async (seed) => drivenBy(await independent(seed, 6 * samples), samples, turned, [[0, 1]], seed),
    flags: three,
    warning: unseen,
  },
  {
    kind: 'hidden',
    what: 'the same as a table of 5,000 rows',
    make: (seed) => Promise.resolve(tableOf(turned, 5000, [[0, 1]], seed)),
    flags: ['splitting', 'ratio', 'source'].flatMap((name) => ['--anchor', `${name}=${name}`]),
    warning: unseen,
  },
  {
    kind: 'hidden',
    what: 'x -> a <- u -> b <- y as a table without u',
    make: (seed) => makeSynthetic('hidden-cause', { seed }),
    flags: ['x', 'a', 'b', 'y'].flatMap((name) => ['--anchor', `${name}=${name}`]),
    warning: unseen,
  },
]

const chosen = /chosen|selected/i
const selection: readonly Case[] = [
  {
    kind: 'selection',
    what: 'independent nodes; a sample is kept where ratio or source is high, else in one of five',
    make: async (seed) => {
      const all = await independent(seed, 2 * samples)
      return selected(all, samples, ([, ratio, source]) => (ratio === 1 || source === 1 ? 1 : 0.2), seed)
    },
    flags: three,
    warning: chosen,
  },
  {
    kind: 'selection',
    what: 'samples are kept by the measured effect of two causes: one in five where source is low',
    make: async (seed) =>
      selected(await collider(seed, 3 * samples), samples, ([, , source]) => (source === 1 ? 1 : 0.2), seed),
    flags: three,
    warning: chosen,
  },
]

function modality(what: string, make: Case['make']): Case {
  return { kind: 'modality', what, make, flags: three, warning: poor }
}

function expert(what: string, kind: string | null): Case {
  return {
    kind: 'expert',
    what,
    make: (seed) => decays({ samples, seed }),
    flags: ['--nodes', '2,2', ...(kind === null ? [] : ['--set', `experts=[{"modality":"curves","kind":"${kind}"}]`])],
    warning: poor,
  }
}

export const cases: readonly Case[] = [
  components('4 instead of 8 (-50 %)', '2,2'),
  components('6 instead of 8 (-25 %)', '2,3'),
  components('8, as it is', '2,2,2'),
  components('12 instead of 8 (+50 %)', '2,2,3'),
  components('16 instead of 8 (+100 %)', '2,2,2,2'),
  ...hidden,
  ...selection,
  modality('no table: nothing shows source', async (seed) => withoutTable(await collider(seed))),
  modality('no spectrum: nothing shows ratio', async (seed) => withoutCurves(await collider(seed))),
  modality('spectrum five times as noisy', (seed) => spectra({ samples, seed, structure: 'collider', noise: 0.1 })),
  modality('table five times as noisy', async (seed) => withNoisyTable(await collider(seed), 0.5, seed)),
  modality('a table of noise beside both', async (seed) => withIdleTable(await collider(seed), seed)),
  expert('none', null),
  expert('the right law', 'exponential-decay'),
  expert('a wrong law (a line)', 'line'),
  ...[128, 256, 512, 1024, 2048, 4096, 16_384].map((n): Case => ({
    kind: 'samples',
    what: n.toLocaleString('en'),
    large: n > 4096,
    make: (seed) => collider(seed, n),
    flags: three,
    warning: poor,
  })),
]
