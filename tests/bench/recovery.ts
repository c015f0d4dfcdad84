/**
 * How often the truth is found by a run that knows how many nodes and categories there are: synthesises, imports, trains
 * and evaluates through the command line, once for each set, structure and seed, and prints one row a run and the totals
 * as a Markdown table.
 *
 *     npm run bench -- recovery circles [more sets ...] [--samples 4096] [--labels 0.05] [--seeds 5]
 *          [--structures fork,chain] [--seed-from 0] [--alone] [--replicates 0] [--jobs 2] [--threads 1]
 *          [-- train flags ...]
 *
 * `--seeds` of them, `--seed-from` on. `--replicates`: what the finding then states, held against the truth; a node is found from an NMI of .9 on.
 * `--alone` trains on each modality by itself too and shows the best: several modalities are to find no less than one.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { causalscope } from './command.ts'
import { evaluationSchema as statedSchema, statedCells, statedHeads } from './stated.ts'

const separator = process.argv.indexOf('--')
const own = separator < 0 ? process.argv.slice(2) : process.argv.slice(2, separator)
const trainFlags = separator < 0 ? [] : process.argv.slice(separator + 1)
const { values, positionals } = parseArgs({
  args: own,
  allowPositionals: true,
  options: {
    samples: { type: 'string' },
    labels: { type: 'string' },
    seeds: { type: 'string', default: '5' },
    structures: { type: 'string' },
    'seed-from': { type: 'string', default: '0' },
    alone: { type: 'boolean', default: false },
    replicates: { type: 'string', default: '0' },
    jobs: { type: 'string', default: '2' },
    threads: { type: 'string', default: '1' },
  },
})
const replicated = Number(values.replicates) > 0
const structured = ['circles', 'circles-line']
/** A set to make, and its structure; '-' where the set has one of its own. */
const sets = (positionals.length > 0 ? positionals : ['circles']).flatMap((name) => {
  const own = structured.includes(name) ? ['fork', 'chain', 'collider', 'complete'] : ['-']
  return (values.structures?.split(',') ?? own).map((structure) => ({ name, structure }))
})

const truthSchema = v.object({ nodes: v.array(v.object({ categories: v.array(v.string()) })) })

/** As many nodes and categories as the truth has, unless the flags of train say something of them. */
async function nodesOf(data: string): Promise<string[]> {
  if (trainFlags.some((flag) => flag === '--anchor' || flag.startsWith('--nodes') || flag.startsWith('nodes')))
    return []
  const { nodes } = v.parse(truthSchema, JSON.parse(await readFile(join(data, 'truth.json'), 'utf8')))
  return ['--nodes', nodes.map(({ categories }) => categories.length).join()]
}

const summarySchema = v.object({ id: v.number(), seconds: v.number(), score: v.number() })
const evaluationSchema = v.looseObject({
  jointNmi: v.optional(v.nullable(v.number())),
  nodeNmi: v.optional(v.nullable(v.array(v.nullable(v.number())))),
  accuracy: v.optional(v.nullable(v.number())),
  cpdagShd: v.optional(v.nullable(v.number())),
})

interface Row {
  readonly name: string
  readonly structure: string
  readonly seed: number
  readonly seconds: number
  readonly score: number
  readonly evaluation: v.InferOutput<typeof evaluationSchema>
  /** The best joint NMI of a training on one modality; null: not asked for. */
  readonly alone: { readonly modality: string; readonly jointNmi: number } | null
  /** Cells of what is stated; none: no replicates were asked for. */
  readonly stated: readonly string[]
}

interface Trained {
  readonly summary: v.InferOutput<typeof summarySchema>
  readonly evaluation: v.InferOutput<typeof evaluationSchema>
  /** The flags that name it. */
  readonly run: readonly string[]
}

async function trained(project: string, data: string, seed: number, flags: readonly string[]): Promise<Trained> {
  const summary = v.parse(
    summarySchema,
    await causalscope(
      ...['train', '--project', project, '--method', 'causal-pima', '--seed', String(seed), '--replicates', '0'],
      ...['--json', '--engine', 'wasm', '--threads', values.threads],
      ...[...(await nodesOf(data)), ...trainFlags, ...flags],
    ),
  )
  const run = ['--project', project, '--run', String(summary.id), '--json']
  const evaluation = await causalscope('evaluate', ...run, '--truth', join(data, 'truth.json'))
  return { summary, evaluation: v.parse(evaluationSchema, evaluation), run }
}

const importedSchema = v.object({ modalities: v.array(v.object({ name: v.string() })) })
type Imported = v.InferOutput<typeof importedSchema>

async function bestAlone(project: string, data: string, seed: number, { modalities }: Imported): Promise<Row['alone']> {
  let best: Row['alone'] = null
  for (const { name } of modalities) {
    const { evaluation } = await trained(project, data, seed, ['--set', `modalities=${name}`])
    const jointNmi = evaluation.jointNmi ?? 0
    if (best === null || jointNmi > best.jointNmi) best = { modality: name, jointNmi }
  }
  return best
}

async function run(name: string, structure: string, seed: number): Promise<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'recovery-'))
  try {
    const data = join(folder, 'data')
    const project = join(folder, 'study.causalscope')
    await causalscope(
      ...['synth', name, '--out', data, '--seed', String(seed)],
      ...(structure === '-' ? [] : ['--structure', structure]),
      ...(values.samples === undefined ? [] : ['--samples', values.samples]),
      ...(values.labels === undefined ? [] : ['--labels', values.labels]),
    )
    const imported = v.parse(importedSchema, await causalscope('import', data, '--project', project, '--json'))
    const { summary, evaluation, run } = await trained(project, data, seed, [])
    const stated = replicated ? await statedCells(run, values.replicates, v.parse(statedSchema, evaluation)) : []
    const alone = values.alone ? await bestAlone(project, data, seed, imported) : null
    return { name, structure, seed, ...summary, evaluation, alone, stated }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const number = (x: number | null | undefined, digits = 3): string => (x == null ? '' : x.toFixed(digits))

const queue = sets.flatMap((set) =>
  Array.from({ length: Number(values.seeds) }, (_, i) => ({ ...set, seed: Number(values['seed-from']) + i })),
)
const place = new Map(queue.map(({ name, structure, seed }, i) => [[name, structure, seed].join(), i]))
const placeOf = ({ name, structure, seed }: Row): number => place.get([name, structure, seed].join())!
const rows: Row[] = []
await Promise.all(
  Array.from({ length: Number(values.jobs) }, async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const row = await run(next.name, next.structure, next.seed)
      rows.push(row)
      process.stderr.write(`${JSON.stringify(row)}\n`)
    }
  }),
)
rows.sort((a, b) => placeOf(a) - placeOf(b))
const rowOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`
const heads = [
  ...['set', 'structure', 'seed', 'node NMI', 'joint NMI', 'accuracy', 'CPDAG-SHD', 'ELBO', 'seconds'],
  ...(replicated ? statedHeads : []),
  ...(values.alone ? ['best of one modality'] : []),
]
process.stdout.write(rowOf(heads) + rowOf(heads.map(() => '---')))
for (const { name, structure, seed, seconds, score, evaluation, alone, stated } of rows)
  process.stdout.write(
    rowOf([
      ...[name, structure, String(seed), evaluation.nodeNmi?.map((nmi) => number(nmi)).join(' ') ?? ''],
      ...[number(evaluation.jointNmi), number(evaluation.accuracy, 4), String(evaluation.cpdagShd ?? '')],
      ...[score.toFixed(1), seconds.toFixed(0), ...stated],
      ...(alone === null ? [] : [`${number(alone.jointNmi)} (${alone.modality})`]),
    ]),
  )
const recovered = rows.filter(
  ({ evaluation }) => (evaluation.nodeNmi ?? []).every((nmi) => (nmi ?? 0) >= 0.95) && evaluation.cpdagShd === 0,
)
const joint = rows.filter(({ evaluation }) => (evaluation.jointNmi ?? 0) >= 0.95)
process.stdout.write(`\njoint NMI >= 0.95: ${joint.length} of ${rows.length}\n`)
if (values.alone) {
  // Trainings differ by some samples from draw to draw; a modality's loss is a factor's.
  const less = rows.filter(({ evaluation, alone }) => (alone?.jointNmi ?? 0) - (evaluation.jointNmi ?? 0) > 0.01)
  process.stdout.write(`\nless than the best of one modality by more than .01: ${less.length} of ${rows.length}\n`)
}
process.stdout.write(
  `\nevery node's NMI >= 0.95 and CPDAG-SHD 0: ${recovered.length} of ${rows.length}; accuracy at least ${number(Math.min(...rows.map((r) => r.evaluation.accuracy ?? Number.NaN)), 4)}\n`,
)
