/**
 * What is stated where a common cause is unseen: exact tables of random DAGs of binary nodes, one node of which with two
 * effects or more is hidden, judged as a run with its replicates is; beside it the same DAGs with nothing hidden. An arrow
 * is right where its tail is an ancestor of its head in the whole DAG. `node tests/bench/hidden-causes.ts [cases]`
 */
import { bestDag, scoreFamilies } from '../../src-main/evidence/best-dag.ts'
import { countLabels } from '../../src-main/evidence/counts.ts'
import { judge } from '../../src-main/evidence/judge.ts'
import type { LabelledReplicate, LabelledRun } from '../../src-main/evidence/judging/labelled.ts'
import { drawSubsample } from '../../src-main/evidence/subsample.ts'
import { replicateShare } from '../../src-shared/domain/replication.ts'
import { ancestorsOf, childrenOf, type Digraph, isAdjacent } from '../../src-shared/graph/digraph.ts'
import { endsOfClass } from '../../src-shared/graph/marked-graph.ts'
import { RandomStream } from '../../src-shared/random/stream.ts'
import { randomDag, sample } from './arrows/random-tables.ts'

const replicates = 4
const cases = Number(process.argv[2] ?? 100)

const isAncestor = (dag: Digraph, from: number, to: number): boolean => ancestorsOf(dag, [to])[from] === 1

/** Nodes of a run whose labels are the truth. */
function runOf(labels: readonly (readonly number[])[], seed: number, random: RandomStream): LabelledRun {
  const categories = labels.map(() => 2)
  const counts = countLabels(labels, categories)
  const best = bestDag(scoreFamilies(counts.values, categories), random)
  const replicateOf = (r: number): LabelledReplicate => {
    const { inside, outside } = drawSubsample(labels[0]!.length, { share: replicateShare, seed: 1000 * seed + r })
    const part = labels.map((node) => Array.from(inside, (row) => node[row]!))
    return { labels, counts: countLabels(part, categories), readings: [], leftOut: Array.from(outside) }
  }
  return {
    graph: {
      nodes: labels.map((_, node) => ({
        name: `N${node + 1}`,
        categories: ['0', '1'],
        anchor: null,
        standing: 'provisional' as const,
      })),
      edges: endsOfClass(best).map((ends) => ({
        ...ends,
        strength: 1,
        support: { posterior: null, replicates: null, restarts: null },
        standing: 'provisional' as const,
      })),
    },
    labels,
    counts,
    residual: null,
    rivals: [],
    surest: Array.from({ length: 2 ** labels.length }, () => []),
    replicates: Array.from({ length: replicates }, (_, r) => replicateOf(r)),
    known: labels.map(() => null),
    planned: replicates,
    incomplete: 0,
    elsewhere: [],
    rebuilt: [{ modality: 'image', explained: 0.9 }],
    seed,
  }
}

console.log(
  '| hidden | effects | n | arrows stated | right | backward | pairs joined rightly | runs with a wrong arrow |',
)
console.log('| --- | --- | --- | --- | --- | --- | --- | --- |')
for (const hidden of [true, false])
  for (const strong of [true, false])
    for (const n of [1000, 4000]) {
      let [stated, right, backward, possible, wrongRuns, runs] = [0, 0, 0, 0, 0, 0]
      for (let c = 0; runs < cases; c++) {
        const random = RandomStream.of(c, `hidden/${n}/${strong}`)
        const dag = randomDag(5, random)
        const unseen = [0, 1, 2, 3, 4].find((node) => childrenOf(dag, node).length >= 2)
        if (unseen === undefined) continue
        runs++
        const all = sample(dag, n, strong, random)
        const seen = hidden ? [0, 1, 2, 3, 4].filter((node) => node !== unseen) : [0, 1, 2, 3, 4]
        const run = runOf(
          seen.map((node) => all[node]!),
          c,
          random,
        )
        const { edges } = judge(run).judgement
        const rightBefore = right
        const statedBefore = stated
        run.graph.edges.forEach(({ from, to }, at) => {
          if (isAdjacent(dag, seen[from]!, seen[to]!)) possible++
          if (!edges[at]!.directed) return
          stated++
          if (isAncestor(dag, seen[from]!, seen[to]!)) right++
          if (isAncestor(dag, seen[to]!, seen[from]!)) backward++
        })
        if (right - rightBefore < stated - statedBefore) wrongRuns++
      }
      const effects = strong ? 'strong' : 'any'
      console.log(
        `| ${hidden ? 'yes' : 'no'} | ${effects} | ${n} | ${stated} | ${right} | ${backward} | ${possible} | ${wrongRuns} of ${runs} |`,
      )
    }
