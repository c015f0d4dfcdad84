/**
 * What gates on the posterior of edges keep and get right: exact tables of random DAGs whose nodes are all known, drawn
 * once as a run and four times as its replicates (two thirds of the samples each). Even cases set thresholds, odd ones
 * report. `npm run bench -- arrows [cases]` prints a row a score, size and threshold.
 */
import { countLabels } from '../../src-main/evidence/counts.ts'
import { edgePosterior } from '../../src-main/evidence/edge-posterior.ts'
import type { Score } from '../../src-main/evidence/family-score.ts'
import { drawSubsample } from '../../src-main/evidence/subsample.ts'
import { bestDag, scoreFamilies } from '../../src-main/evidence/best-dag.ts'
import { edgesOf, hasEdge, isAdjacent, type Digraph } from '../../src-shared/graph/digraph.ts'
import { cpdag } from '../../src-shared/graph/equivalence.ts'
import { replicateShare } from '../../src-shared/domain/replication.ts'
import { RandomStream } from '../../src-shared/random/stream.ts'
import { randomDag, sample } from './arrows/random-tables.ts'

const replicates = 4
const scores: readonly Score[] = [{ kind: 'k2' }, { kind: 'bdeu', equivalentSampleSize: 1 }, { kind: 'bic' }]
const gates = [0.5, 0.7, 0.8, 0.9, 0.95]

/** Arrows, or joined pairs, of one half of the cases: stated, right among these, and true ones in all. */
class Tally {
  stated = 0
  right = 0
  true = 0

  count(stated: boolean, right: boolean): void {
    if (!stated) return
    this.stated++
    if (right) this.right++
  }

  toString(): string {
    const share = (of: number): string => (of === 0 ? '-' : (this.right / of).toFixed(2))
    return `${share(this.stated)} (${share(this.true)}) of ${this.stated}`
  }
}

const cases = Number(process.argv[2] ?? 100)
const kinds = [3, 4].flatMap((size) => [true, false].map((strong) => ({ size, strong })))
console.log(
  'n, score, from: arrows right (kept) in the half that sets, in the half that reports; joined pairs, both halves',
)
for (const n of [1000, 4000]) {
  const tallies = new Map<string, Tally>()
  const tally = (key: string): Tally => tallies.get(key) ?? tallies.set(key, new Tally()).get(key)!
  for (const { size, strong } of kinds)
    for (let c = 0; c < cases; c++) {
      const random = RandomStream.of(c, `arrows/${size}/${n}/${strong}`)
      const truth = randomDag(size, random)
      const truePattern = cpdag(truth)
      const labels = sample(truth, n, strong, random)
      const categories = labels.map(() => 2)
      const parts = Array.from({ length: replicates }, (_, r) => {
        const { inside } = drawSubsample(n, { share: replicateShare, seed: 1000 * c + r })
        return labels.map((node) => Array.from(inside, (row) => node[row]!))
      })
      const tables = [labels, ...parts].map((some) => countLabels(some, categories))
      const found = bestDag(scoreFamilies(tables[0]!), random)
      const pattern = cpdag(found)
      const half = c % 2
      const fixed = (graph: Digraph, a: number, b: number): boolean => hasEdge(graph, a, b) && !hasEdge(graph, b, a)
      const arrows = edgesOf(truePattern).filter(([a, b]) => fixed(truePattern, a, b)).length
      const joins = edgesOf(truth).length
      for (const score of scores) {
        const posteriors = tables.map((table) => edgePosterior(table, score))
        const mean = (of: (p: (typeof posteriors)[number]) => number): number =>
          posteriors.reduce((sum, p) => sum + of(p), 0) / posteriors.length
        for (const gate of gates) {
          const arrow = tally(`${score.kind} ${gate} ${half}`)
          const joined = tally(`${score.kind} ${gate} joined`)
          arrow.true += arrows
          joined.true += joins
          for (const [a, b] of edgesOf(found)) {
            const stated = mean((p) => p.joined[a]![b]!) >= gate
            joined.count(stated, isAdjacent(truth, a, b))
            if (fixed(pattern, a, b))
              arrow.count(stated && mean((p) => p.directed[a]![b]!) >= gate, fixed(truePattern, a, b))
          }
        }
      }
    }
  for (const { kind } of scores)
    for (const gate of gates) {
      const [sets, reports, joined] = ['0', '1', 'joined'].map((part) => String(tally(`${kind} ${gate} ${part}`)))
      console.log(`${n}, ${kind}, ${gate}: ${sets}, ${reports}; ${joined}`)
    }
}
