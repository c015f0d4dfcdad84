/**
 * Structure learners of other programs beside our exact search, on the same rows of published networks: SHD of a member of
 * what is found, SHD of the equivalence classes (one function for all), seconds of the search, and whether other
 * programs' discrete BIC and exact search say what ours do. Nothing of it is a dependency; tried with the versions named:
 *
 *     python3 -m venv peers && peers/bin/pip install causal-learn==0.1.4.8 pgmpy==1.1.2 gcastle==1.0.4 dagma==1.1.1 JPype1==1.7.1
 *     apt-get install default-jre-headless    # Java 17 or later, for Tetrad
 *     curl -O https://repo1.maven.org/maven2/io/github/cmu-phil/tetrad-lib/7.6.5/tetrad-lib-7.6.5-shaded.jar
 *     npm run bench -- structure-peers --python peers/bin/python --tetrad tetrad-lib-7.6.5-shaded.jar
 *          [--only asia,sachs] [--learners Tetrad,DAGMA] [--rows 5000] [--seeds 3] [--records FILE] [--table]
 *
 * `--learners` takes those whose names begin so. What a program said of a table is a line of the records file: the same command goes on where it was stopped. `--table`
 * prints what is there. Exits 1 where a score or an exact search differs from ours.
 */
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { bestDag, graphScore } from '../../src-main/evidence/best-dag.ts'
import { familyScores } from '../../src-main/evidence/family-score.ts'
import { extension } from '../../src-main/evidence/structure/pc.ts'
import { type Digraph, digraph, isAcyclic } from '../../src-shared/graph/digraph.ts'
import { structuralHammingDistance } from '../../src-shared/graph/distance.ts'
import { cpdag } from '../../src-shared/graph/equivalence.ts'
import { RandomStream } from '../../src-shared/random/stream.ts'
import { askPeer, peerNames } from './structure-peers/peer.ts'
import { type PeerRecord, recordSchema, scoreDifferences, structureTable } from './structure-peers/records.ts'
import { throughTheCommandLine } from './structure-peers/run.ts'
import { makeTable, type Table } from './structure-peers/tables.ts'

const { values } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    tetrad: { type: 'string' },
    only: { type: 'string', default: 'cancer,earthquake,asia,sachs' },
    learners: { type: 'string' },
    rows: { type: 'string', default: '5000' },
    seeds: { type: 'string', default: '3' },
    records: { type: 'string', default: 'structure-peers.jsonl' },
    table: { type: 'boolean', default: false },
  },
})
const programs = { python: values.python, tetrad: values.tetrad ?? null }
const networks = values.only.split(',')

async function recorded(): Promise<PeerRecord[]> {
  const text = await readFile(values.records, 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => v.parse(recordSchema, JSON.parse(line)))
}

const there = await recorded()
const isThere = ({ network, seed }: Table, learner: string): boolean =>
  there.some((record) => record.network === network && record.seed === seed && record.learner === learner)

async function keep({ network, seed }: Table, learner: string, said: Omit<PeerRecord, 'network' | 'seed' | 'learner'>) {
  const record = { network, seed, learner, ...said }
  await appendFile(values.records, `${JSON.stringify(record)}\n`)
  process.stderr.write(`${JSON.stringify(record)}\n`)
}

/** A DAG is a class's member: its class is compared. What is no DAG is taken as the pattern that it is. */
function judged(found: Digraph, { truth, scores }: Table) {
  const dag = isAcyclic(found) ? found : extension(found)
  return {
    shd: dag === null ? null : structuralHammingDistance(dag, truth),
    classShd: structuralHammingDistance(isAcyclic(found) ? cpdag(found) : found, cpdag(truth)),
    bic: dag === null ? null : graphScore(scores, dag),
  }
}

async function ours(table: Table): Promise<void> {
  const exact = 'Causalscope exact (BIC)'
  const { best, seconds } = table
  if (!isThere(table, exact)) await keep(table, exact, { version: '', seconds, ...judged(best, table) })
  // What a run reads out is the best by BIC; the same search by the score that most others take.
  const bayesian = 'Causalscope exact, by BDeu (1)'
  if (!isThere(table, bayesian)) {
    const started = performance.now()
    const scores = familyScores(table.counts, { kind: 'bdeu', equivalentSampleSize: 1 })
    const dag = bestDag({ nodes: table.names.length, scores }, RandomStream.of(table.seed, 'structure-peers'))
    await keep(table, bayesian, { version: '', seconds: (performance.now() - started) / 1000, ...judged(dag, table) })
  }
  const [graph, stated] = ['Causalscope run, its graph', 'Causalscope run, what it states']
  if (isThere(table, graph)) return
  try {
    const run = await throughTheCommandLine(table)
    await keep(table, graph, { version: '', seconds: run.seconds, ...judged(run.dag, table) })
    await keep(table, stated, { version: '', seconds: run.seconds, ...judged(run.stated, table) })
  } catch (error) {
    const failed = /Error: (.*)/.exec(String(error).replace(/^Error: causalscope.*\n/, ''))?.[1] ?? String(error)
    for (const learner of [graph, stated]) await keep(table, learner, { failed })
  }
}

async function theirs(learner: string, tables: readonly Table[]): Promise<void> {
  const left = tables.filter((table) => !isThere(table, learner))
  if (left.length === 0) return
  const answers = askPeer(programs, learner, left)
  for (const table of left) {
    const { value: said, done } = await answers.next()
    if (done === true) throw new Error(`${learner} said nothing of ${table.network}, seed ${table.seed}.`)
    if ('failed' in said) {
      await keep(table, learner, said)
      continue
    }
    const { edges, seconds, version, scored, best } = said
    const checked = { scored, best, oursBest: graphScore(table.scores, table.best) }
    await keep(table, learner, { version, seconds, ...judged(digraph(table.names.length, edges), table), ...checked })
  }
  await answers.return(undefined)
}

const work = await mkdtemp(join(tmpdir(), 'structure-peers-'))
try {
  if (!values.table) {
    const begins = values.learners?.split(',') ?? ['']
    const learners = peerNames(programs).filter((name) => begins.some((asked) => name.startsWith(asked)))
    const tables: Table[] = []
    for (const network of networks)
      for (let seed = 0; seed < Number(values.seeds); seed++)
        tables.push(await makeTable(work, network, seed, Number(values.rows)))
    for (const table of tables) await ours(table)
    for (const learner of learners) await theirs(learner, tables)
  }
  const records = await recorded()
  const { text, differ } = scoreDifferences(records)
  process.stdout.write(`${structureTable(records, networks)}\n\n${text}\n`)
  if (differ) process.exitCode = 1
} finally {
  await rm(work, { recursive: true, force: true })
}
