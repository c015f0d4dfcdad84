/**
 * Which score's best DAG is nearest to the truth: exact search by BIC, by BDeu of several equivalent sample sizes and by K2,
 * on tables of known nodes: published networks, random ones of 3 to 6 binary nodes, and nodes that are independent. Mean
 * distance of the equivalence classes (CPDAG-SHD), joined pairs too many and too few, and how much less than the BIC's
 * (negative: nearer) with its standard error over the tables.
 *
 *     npm run bench -- scores [--cases 100] [--rows 500,1000,2000,5000]
 */
import { parseArgs } from 'node:util'
import { asia } from '../../src-main/datasets/synthetic/asia.ts'
import { cancer } from '../../src-main/datasets/synthetic/cancer.ts'
import { earthquake } from '../../src-main/datasets/synthetic/earthquake.ts'
import { bestDag } from '../../src-main/evidence/best-dag.ts'
import { countLabels } from '../../src-main/evidence/counts.ts'
import { familyScores, type Score } from '../../src-main/evidence/family-score.ts'
import { type Digraph, edgesOf, isAdjacent } from '../../src-shared/graph/digraph.ts'
import { cpdagDistance } from '../../src-shared/graph/distance.ts'
import { RandomStream } from '../../src-shared/random/stream.ts'
import { type KnownTable, tableOfNetwork } from './arrows/network-tables.ts'
import { randomDag, sample } from './arrows/random-tables.ts'

const { values } = parseArgs({
  options: { cases: { type: 'string', default: '100' }, rows: { type: 'string', default: '500,1000,2000,5000' } },
})
const cases = Number(values.cases)

const scores: Readonly<Record<string, Score>> = {
  BIC: { kind: 'bic' },
  'BDeu(1)': { kind: 'bdeu', equivalentSampleSize: 1 },
  'BDeu(4)': { kind: 'bdeu', equivalentSampleSize: 4 },
  K2: { kind: 'k2' },
}

function ofDag(truth: Digraph, strong: boolean, rows: number, random: RandomStream): KnownTable {
  const labels = sample(truth, rows, strong, random)
  return { truth, labels, categories: labels.map(() => 2) }
}

const kinds: Readonly<Record<string, (rows: number, random: RandomStream) => KnownTable>> = {
  cancer: (rows, random) => tableOfNetwork(cancer, rows, random),
  earthquake: (rows, random) => tableOfNetwork(earthquake, rows, random),
  asia: (rows, random) => tableOfNetwork(asia, rows, random),
  ...Object.fromEntries(
    [3, 4, 6].flatMap((size) =>
      [true, false].map((strong) => [
        `random, ${size} nodes, ${strong ? 'strong' : 'any strength'}`,
        (rows: number, random: RandomStream) => ofDag(randomDag(size, random), strong, rows, random),
      ]),
    ),
  ),
  'independent, 4 nodes': (rows, random) => ofDag(randomDag(4, random, 0), false, rows, random),
}

interface Missed {
  readonly distance: number
  readonly tooMany: number
  readonly tooFew: number
}

function missedBy({ truth, labels, categories }: KnownTable, score: Score, seed: number): Missed {
  const counts = countLabels(labels, categories)
  const nodes = categories.length
  const found = bestDag({ nodes, scores: familyScores(counts, score) }, RandomStream.of(seed, 'scores'))
  return {
    distance: cpdagDistance(truth, found),
    tooMany: edgesOf(found).filter(([a, b]) => !isAdjacent(truth, a, b)).length,
    tooFew: edgesOf(truth).filter(([a, b]) => !isAdjacent(found, a, b)).length,
  }
}

const mean = (list: readonly number[]): number => list.reduce((sum, x) => sum + x, 0) / list.length

function paired(own: readonly number[], bic: readonly number[]): string {
  const differences = own.map((x, at) => x - bic[at]!)
  const middle = mean(differences)
  const variance = mean(differences.map((x) => (x - middle) ** 2))
  return `${middle.toFixed(2)} +- ${Math.sqrt(variance / differences.length).toFixed(2)}`
}

console.log('| tables | rows | score | CPDAG-SHD | pairs too many | too few | less than the BIC’s |')
console.log(`|${' --- |'.repeat(7)}`)
for (const [kind, make] of Object.entries(kinds))
  for (const rows of values.rows.split(',').map(Number)) {
    const tables = Array.from({ length: cases }, (_, at) => make(rows, RandomStream.of(at, `scores/${kind}/${rows}`)))
    const missed = Object.entries(scores).map(
      ([name, score]) => [name, tables.map((table, at) => missedBy(table, score, at))] as const,
    )
    const bic = missed[0]![1].map(({ distance }) => distance)
    for (const [name, list] of missed) {
      const of = (part: keyof Missed): number[] => list.map((one) => one[part])
      const means = [of('distance'), of('tooMany'), of('tooFew')].map((some) => mean(some).toFixed(2))
      console.log(`| ${[kind, rows, name, ...means, name === 'BIC' ? '' : paired(of('distance'), bic)].join(' | ')} |`)
    }
  }
