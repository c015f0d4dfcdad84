/**
 * What a column that says which node was set is worth: sets of `synth interventions`, judged as a run with its replicates,
 * with the column and without it. `npm run bench -- set-nodes [sets] [samples]`; exits 1 where fewer than 18 of 20
 * chains have both directions stated and right with the column.
 */
import { judge } from '../../src-main/evidence/judge.ts'
import { makeSynthetic } from '../../src-main/datasets/synthetic/registry.ts'
import { regimesOf } from '../../src-shared/knowledge/intervened.ts'
import { givenOf, nothingKnown } from '../../src-shared/knowledge/knowledge.ts'
import { RandomStream } from '../../src-shared/random/stream.ts'
import { runOfTable } from './arrows/table-run.ts'

const sets = Number(process.argv[2] ?? 20)
const samples = Number(process.argv[3] ?? 2000)
let chains = 0

console.log(`| structure | column | arrows stated | right | of | sets with all arrows right | with a wrong one |`)
console.log('| --- | --- | --- | --- | --- | --- | --- |')
for (const structure of ['chain', 'fork', 'collider'])
  for (const withColumn of [false, true]) {
    let [stated, right, all, whole, wrong] = [0, 0, 0, 0, 0]
    for (let seed = 0; seed < sets; seed++) {
      const { nodes, edges, factors, metadata } = await makeSynthetic('interventions', { samples, seed, structure })
      const names = nodes.map(({ name }) => name)
      const labels = names.map((_, node) =>
        Array.from({ length: samples }, (_i, i) => factors[i * names.length + node]!),
      )
      const [column] = metadata!
      const own = names.map((name) => ({ name, anchor: null }))
      // Without the column only samples that were left alone can be used: set ones would mislead.
      const regimes = regimesOf(column!.codes, column!.categories, own)!
      const alone = labels.map((node) => node.filter((_, row) => regimes.of[row] === 0))
      const targets = regimes.targets.flatMap((set) => (set.length === 0 ? [] : [{ nodes: set, samples: 1 }]))
      const given = givenOf({ ...nothingKnown, intervened: 'set' }, names, targets)
      const categories = names.map(() => 2)
      const table = withColumn ? { labels, categories, regimes, given, names } : { labels: alone, categories, names }
      const run = runOfTable(table, seed, RandomStream.of(seed, 'interventions/bench'))
      const { judgement } = judge(run)
      const arrows = run.graph.edges.filter((_, at) => judgement.edges[at]!.directed)
      const hits = arrows.filter(({ from, to }) => edges.some(([a, b]) => a === from && b === to)).length
      stated += arrows.length
      right += hits
      all += edges.length
      if (hits === edges.length && arrows.length === hits) whole++
      if (arrows.length > hits) wrong++
    }
    if (structure === 'chain' && withColumn) chains = whole
    console.log(
      `| ${structure} | ${withColumn ? 'yes' : 'no'} | ${stated} | ${right} | ${all} | ${whole} of ${sets} | ${wrong} |`,
    )
  }
process.exitCode = chains >= 0.9 * sets ? 0 : 1
