/**
 * Structure learners on the same counts: the Hodge block's gradient alone, as a run has it (then settled exactly), NOTEARS and
 * DAGMA on the same objective, exact search, PC and GES. Published networks and random ones of 4 to 12 binary nodes; time,
 * SHD, SHD of the equivalence classes, and stability: pairs that stay as they are over bootstraps of the rows.
 * `npm run bench -- structure [--only asia,random-6] [--rows 5000] [--seeds 1] [--bootstraps 5]`
 */
import { parseArgs } from 'node:util'
import { asia } from '../../src-main/datasets/synthetic/asia.ts'
import type { BayesianNetwork } from '../../src-main/datasets/synthetic/bayesian-network.ts'
import { cancer } from '../../src-main/datasets/synthetic/cancer.ts'
import { earthquake } from '../../src-main/datasets/synthetic/earthquake.ts'
import { sachs } from '../../src-main/datasets/synthetic/sachs.ts'
import { bestDag, scoreFamilies } from '../../src-main/evidence/best-dag.ts'
import { type Counts, countLabels } from '../../src-main/evidence/counts.ts'
import { ges } from '../../src-main/evidence/structure/ges.ts'
import { extension, pcOnCounts } from '../../src-main/evidence/structure/pc.ts'
import { penalisedSearch } from '../../src-main/models/causal-pima/dag/acyclic/penalised-search.ts'
import { learnDag } from '../../src-main/models/causal-pima/dag/dag-block.ts'
import { whole } from '../../src-main/statistics/piecewise.ts'
import { evidenceThresholds } from '../../src-shared/findings/thresholds.ts'
import { type Digraph, hasEdge } from '../../src-shared/graph/digraph.ts'
import { structuralHammingDistance } from '../../src-shared/graph/distance.ts'
import { cpdag } from '../../src-shared/graph/equivalence.ts'
import { RandomStream } from '../../src-shared/random/stream.ts'
import { type KnownTable, tableOfNetwork } from './arrows/network-tables.ts'
import { randomDag, sample } from './arrows/random-tables.ts'

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    rows: { type: 'string', default: '5000' },
    seeds: { type: 'string', default: '1' },
    bootstraps: { type: 'string', default: '5' },
  },
})
const rows = Number(options.rows)
const bootstraps = Number(options.bootstraps)

/** What a learner says: a pattern, and a member of it where there is one. */
interface Said {
  readonly pattern: Digraph
  readonly dag: Digraph | null
}

const ofDag = (dag: Digraph): Said => ({ dag, pattern: cpdag(dag) })
const published: Readonly<Record<string, BayesianNetwork>> = { asia, cancer, earthquake, sachs }
const randomSizes = [4, 6, 8, 10, 12]
const names = [...Object.keys(published), ...randomSizes.map((size) => `random-${size}`)]

function caseOf(name: string, seed: number): KnownTable {
  const random = RandomStream.of(seed, `structure/${name}`)
  const network = published[name]
  if (network === undefined) {
    const size = Number(name.split('-')[1])
    const truth = randomDag(size, random, Math.min(0.5, 2.5 / (size - 1)))
    return { truth, labels: sample(truth, rows, false, random), categories: binary(size) }
  }
  return tableOfNetwork(network, rows, random)
}

function binary(size: number): number[] {
  return new Array<number>(size).fill(2)
}

const outcomesOf = ({ categories }: Counts): number => categories.reduce((product, k) => product * k, 1)
/** Large tables get fewer steps: a step costs as much as there are outcomes. */
const budget = (counts: Counts): { restarts: number; steps: number } =>
  outcomesOf(counts) > 4096
    ? { restarts: 1, steps: 60 }
    : outcomesOf(counts) > 512
      ? { restarts: 3, steps: 200 }
      : { restarts: 12, steps: 300 }

function block(counts: Counts, random: RandomStream) {
  return whole(learnDag(counts, { temperature: 0.1, lambda: 0.003, ...budget(counts) }, random))
}

const learners: Readonly<Record<string, (counts: Counts, random: RandomStream) => Said>> = {
  'Hodge, gradient alone': (counts, random) =>
    ofDag(block(counts, random).restarts.reduce((best, other) => (other.bic > best.bic ? other : best)).graph),
  'Hodge, as in a run': (counts, random) => ofDag(block(counts, random).graph),
  NOTEARS: (counts, random) => {
    const { restarts, steps } = budget(counts)
    return ofDag(
      penalisedSearch(counts, { method: 'notears', lambda: 0.003, steps: steps * Math.min(restarts, 4) }, random),
    )
  },
  DAGMA: (counts, random) => {
    const { restarts, steps } = budget(counts)
    return ofDag(
      penalisedSearch(counts, { method: 'dagma', lambda: 0.003, steps: steps * Math.min(restarts, 4) }, random),
    )
  },
  'exact (BIC)': (counts, random) => ofDag(bestDag(scoreFamilies(counts), random)),
  'GES (BIC)': (counts) => {
    const pattern = ges(scoreFamilies(counts))
    return { pattern, dag: extension(pattern) }
  },
  'PC (G test, .01)': (counts) => {
    const pattern = pcOnCounts(counts, evidenceThresholds.independence)
    return { pattern, dag: extension(pattern) }
  },
}

/** Share of the pairs of nodes that two patterns join alike. */
function alike(first: Digraph, second: Digraph): number {
  let [same, pairs] = [0, 0]
  for (let a = 0; a < first.size; a++)
    for (let b = a + 1; b < first.size; b++) {
      pairs++
      if (hasEdge(first, a, b) === hasEdge(second, a, b) && hasEdge(first, b, a) === hasEdge(second, b, a)) same++
    }
  return same / pairs
}

const tableOf = ({ labels, categories }: KnownTable, some: ArrayLike<number> | null): Counts =>
  countLabels(some === null ? labels : labels.map((node) => Array.from(some, (row) => node[row]!)), categories)

console.log('| network | learner | seconds | SHD | CPDAG-SHD | stability |')
console.log('| --- | --- | --- | --- | --- | --- |')
for (const name of options.only?.split(',') ?? names)
  for (const [learner, learn] of Object.entries(learners)) {
    let [seconds, shd, classes, stable, members] = [0, 0, 0, 0, 0]
    const seeds = Number(options.seeds)
    for (let seed = 0; seed < seeds; seed++) {
      const made = caseOf(name, seed)
      const counts = tableOf(made, null)
      const started = performance.now()
      const said = learn(counts, RandomStream.of(seed, 'structure/learner'))
      seconds += (performance.now() - started) / 1000
      if (said.dag !== null) {
        shd += structuralHammingDistance(said.dag, made.truth)
        members++
      }
      classes += structuralHammingDistance(said.pattern, cpdag(made.truth))
      for (let b = 0; b < bootstraps; b++) {
        const random = RandomStream.of(seed, `structure/bootstrap/${b}`)
        const drawn = Array.from({ length: rows }, () => random.integer(rows))
        stable += alike(said.pattern, learn(tableOf(made, drawn), random).pattern) / bootstraps
      }
    }
    const mean = (value: number): string => (value / seeds).toFixed(seeds === 1 ? 0 : 1)
    console.log(
      `| ${name} | ${learner} | ${(seconds / seeds).toFixed(2)} | ${members === 0 ? '-' : (shd / members).toFixed(seeds === 1 ? 0 : 1)} | ${mean(classes)} | ${bootstraps === 0 ? '-' : (stable / seeds).toFixed(2)} |`,
    )
  }
