/**
 * What is stated of sets that hold nothing discrete, drawn by somebody who did not know the methods: makes each, imports
 * it, trains three nodes of two categories with the default replicates (half of them where these settle that no node can be
 * supported), and prints a row each and the totals as Markdown.
 *
 *     npm run bench -- plain-nulls [NAME ...] [--samples 1000] [--seeds 1] [--seed-from 0] [--jobs 2] [--threads 1]
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { replicated } from './calibration/record.ts'
import { causalscope } from './command.ts'
import { chosen, made, named } from './plain-instruments/made.ts'
import * as drawn from './plain-instruments/nulls.ts'
import type { Findings } from './stated.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    samples: { type: 'string', default: '1000' },
    seeds: { type: 'string', default: '1' },
    'seed-from': { type: 'string', default: '0' },
    jobs: { type: 'string', default: '2' },
    threads: { type: 'string', default: '1' },
  },
})

const nulls = new Map(named(drawn))

interface Row extends Findings {
  readonly name: string
  readonly seed: number
}

async function run(name: string, seed: number): Promise<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'plain-null-'))
  try {
    const { project } = await made(name, nulls.get(name)!, Number(values.samples), seed, folder)
    const { id } = v.parse(
      v.object({ id: v.number() }),
      await causalscope(
        ...['train', '--project', project, '--method', 'causal-pima', '--nodes', '2,2,2', '--seed', String(seed)],
        ...['--engine', 'wasm', '--threads', values.threads, '--replicates', '0', '--json'],
      ),
    )
    const { findings } = await replicated(['--project', project, '--run', String(id), '--json'], 'null')
    return { name, seed, ...findings }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const queue = chosen(positionals, nulls).flatMap((name) =>
  Array.from({ length: Number(values.seeds) }, (_, i) => ({ name, seed: Number(values['seed-from']) + i })),
)
const lineOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`
const heads = ['null', 'seed', 'replicability', 'highest low end', 'supported nodes', 'claimed edges', 'headline']
process.stdout.write(lineOf(heads) + lineOf(heads.map(() => '---')))
let [runs, supporting, claiming] = [0, 0, 0]
await Promise.all(
  Array.from({ length: Number(values.jobs) }, async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { name, seed, nodes, edges, headline } = await run(next.name, next.seed)
      const supported = nodes.filter(({ status }) => status === 'supported').length
      const claimed = edges.filter((edge) => edge.claimed).length
      runs++
      supporting += Number(supported > 0)
      claiming += Number(claimed > 0)
      const low = Math.max(...nodes.map(({ interval }) => interval?.[0] ?? 0))
      process.stdout.write(
        lineOf([
          ...[name, String(seed), nodes.map(({ replicability }) => replicability?.toFixed(2) ?? '').join(' ')],
          ...[low.toFixed(2), String(supported), String(claimed), headline],
        ]),
      )
    }
  }),
)
process.stdout.write(`\nwith a supported node: ${supporting} of ${runs}; with a claimed edge: ${claiming} of ${runs}\n`)
