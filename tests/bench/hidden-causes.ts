/**
 * What is stated where a common cause is unseen: exact tables of random DAGs of binary nodes, one node of which with two
 * effects or more is hidden, judged as a run with its replicates is; beside it the same DAGs with nothing hidden. An arrow
 * is right where its tail is an ancestor of its head in the whole DAG. `npm run bench -- hidden-causes [cases]`
 */
import { judge } from '../../src-main/evidence/judge.ts'
import { ancestorsOf, childrenOf, type Digraph, isAdjacent } from '../../src-shared/graph/digraph.ts'
import { RandomStream } from '../../src-shared/random/stream.ts'
import { randomDag, sample } from './arrows/random-tables.ts'
import { runOfTable } from './arrows/table-run.ts'

const cases = Number(process.argv[2] ?? 100)

const isAncestor = (dag: Digraph, from: number, to: number): boolean => ancestorsOf(dag, [to])[from] === 1

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
        const run = runOfTable({ labels: seen.map((node) => all[node]!), categories: seen.map(() => 2) }, c, random)
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
