/**
 * How often causes are found that are plain to see: fifty-five instruments, no two alike, whose factors a person who
 * looks at some samples tells, and mostly a linear probe of what was measured, with nuisance of their own. Makes each,
 * imports it, trains without a label and with the number of nodes and categories of the truth, and prints a row each and
 * the totals as Markdown.
 *
 *     npm run bench -- plain-instruments [NAME ...] [--samples 1200] [--seeds 1] [--seed-from 0] [--jobs 2] [--threads 1]
 *          [--replicates 0] [-- train flags ...]
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { causalscope } from './command.ts'
import * as field from './plain-instruments/field-five.ts'
import * as first from './plain-instruments/first-ten.ts'
import * as fourth from './plain-instruments/fourth-ten.ts'
import * as living from './plain-instruments/living-five.ts'
import * as second from './plain-instruments/second-ten.ts'
import * as third from './plain-instruments/third-ten.ts'
import * as workshop from './plain-instruments/workshop-five.ts'
import { chosen, made, named } from './plain-instruments/made.ts'
import { evaluationSchema, statedCells, statedHeads } from './stated.ts'

const separator = process.argv.indexOf('--')
const own = separator < 0 ? process.argv.slice(2) : process.argv.slice(2, separator)
const trainFlags = separator < 0 ? [] : process.argv.slice(separator + 1)
const { values, positionals } = parseArgs({
  args: own,
  allowPositionals: true,
  options: {
    samples: { type: 'string', default: '1200' },
    seeds: { type: 'string', default: '1' },
    'seed-from': { type: 'string', default: '0' },
    jobs: { type: 'string', default: '2' },
    threads: { type: 'string', default: '1' },
    replicates: { type: 'string', default: '0' },
  },
})

const instruments = new Map([
  ...named(first),
  ...named(second),
  ...named(third),
  ...named(fourth),
  ...named(living),
  ...named(workshop),
  ...named(field),
])
const names = chosen(positionals, instruments)

interface Row {
  readonly name: string
  readonly seed: number
  readonly seconds: number
  readonly evaluation: v.InferOutput<typeof evaluationSchema>
  readonly stated: readonly string[]
}

async function run(name: string, seed: number): Promise<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'plain-'))
  try {
    const { project, truth, categories } = await made(
      name,
      instruments.get(name)!,
      Number(values.samples),
      seed,
      folder,
    )
    const nodes = categories.join()
    const begun = performance.now()
    const { id } = v.parse(
      v.object({ id: v.number() }),
      await causalscope(
        ...['train', '--project', project, '--method', 'causal-pima', '--nodes', nodes, '--seed', String(seed)],
        ...['--engine', 'wasm', '--threads', values.threads, '--replicates', '0', '--json', ...trainFlags],
      ),
    )
    const seconds = (performance.now() - begun) / 1000
    const flags = ['--project', project, '--run', String(id), '--json']
    const told = await causalscope('evaluate', ...flags, '--truth', truth)
    const evaluation = v.parse(evaluationSchema, told)
    const stated = Number(values.replicates) > 0 ? await statedCells(flags, values.replicates, evaluation) : []
    return { name, seed, seconds, evaluation, stated }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const queue = names.flatMap((name) =>
  Array.from({ length: Number(values.seeds) }, (_, i) => ({ name, seed: Number(values['seed-from']) + i })),
)
const places = new Map(queue.map(({ name, seed }, i) => [`${name} ${seed}`, i]))
const rows: Row[] = []
await Promise.all(
  Array.from({ length: Number(values.jobs) }, async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const row = await run(next.name, next.seed)
      rows.push(row)
      const nmi = row.evaluation.nodeNmi.map((one) => (one ?? 0).toFixed(3)).join(' ')
      process.stderr.write(`${row.name} ${row.seed}: ${row.evaluation.jointNmi.toFixed(3)} (${nmi})\n`)
    }
  }),
)
rows.sort((a, b) => places.get(`${a.name} ${a.seed}`)! - places.get(`${b.name} ${b.seed}`)!)
const heads = [
  'instrument',
  'seed',
  'node NMI',
  'joint NMI',
  's',
  ...(Number(values.replicates) > 0 ? statedHeads : []),
]
const lineOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`
process.stdout.write(lineOf(heads) + lineOf(heads.map(() => '---')))
for (const { name, seed, seconds, evaluation, stated } of rows)
  process.stdout.write(
    lineOf([
      ...[name, String(seed), evaluation.nodeNmi.map((nmi) => (nmi ?? 0).toFixed(3)).join(' ')],
      ...[evaluation.jointNmi.toFixed(3), seconds.toFixed(0), ...stated],
    ]),
  )
const whole = rows.filter(({ evaluation }) => evaluation.jointNmi >= 0.95)
const each = whole.filter(({ evaluation }) => evaluation.nodeNmi.every((nmi) => (nmi ?? 0) >= 0.9))
process.stdout.write(
  `\njoint NMI >= 0.95: ${whole.length} of ${rows.length}; and every node's >= 0.9: ${each.length} of ${rows.length}\n`,
)
