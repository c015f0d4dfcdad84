/** Rows of a published network as `causalscope synth` writes them, and the same as codes for programs that read nothing else. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import * as v from 'valibot'
import { bestDag, type FamilyScores, scoreFamilies } from '../../../src-main/evidence/best-dag.ts'
import { type Counts, countLabels } from '../../../src-main/evidence/counts.ts'
import { parseTruth } from '../../../src-main/datasets/truth.ts'
import { type Digraph, digraph } from '../../../src-shared/graph/digraph.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { causalscope } from '../command.ts'

export interface Table {
  readonly network: string
  readonly seed: number
  /** The folder that an import takes; truth.json in it. */
  readonly folder: string
  /** A CSV of category codes, the names of the nodes above. */
  readonly file: string
  readonly names: readonly string[]
  readonly categories: readonly number[]
  readonly counts: Counts
  readonly truth: Digraph
  /** Our exact search on it. */
  readonly scores: FamilyScores
  readonly best: Digraph
  readonly seconds: number
}

export async function makeTable(work: string, network: string, seed: number, rows: number): Promise<Table> {
  const folder = join(work, `${network}-${seed}`)
  await causalscope('synth', network, '--out', folder, '--seed', String(seed), '--samples', String(rows))
  const { nodes, edges } = parseTruth(
    JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8')),
    join(folder, 'truth.json'),
  )
  const names = nodes.map(({ name }) => name)
  const categories = nodes.map((node) => node.categories.length)
  const records = v.parse(
    v.array(v.record(v.string(), v.string())),
    parse(await readFile(join(folder, 'metadata.csv'), 'utf8'), { columns: true }),
  )
  const labels = nodes.map((node) => records.map((row) => node.categories.indexOf(row[node.name]!)))
  const file = join(work, `${network}-${seed}.csv`)
  const lines = records.map((_, row) => labels.map((codes) => codes[row]!).join())
  await writeFile(file, [names.join(), ...lines, ''].join('\n'))
  const counts = countLabels(labels, categories)
  const started = performance.now()
  const scores = scoreFamilies(counts)
  const best = bestDag(scores, RandomStream.of(seed, 'structure-peers'))
  const seconds = (performance.now() - started) / 1000
  return {
    network,
    seed,
    folder,
    file,
    names,
    categories,
    counts,
    truth: digraph(names.length, edges),
    scores,
    best,
    seconds,
  }
}
