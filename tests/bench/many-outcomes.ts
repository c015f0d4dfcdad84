/**
 * What is found of nodes that have many joint outcomes, and how long it takes to look for them: spectra with a band for
 * each node, whose height is the node's category; the nodes a chain. One training a line, the numbers of nodes and
 * categories known.
 *
 *     npm run bench -- many-outcomes [2,2,2,2,2 4,4,4 ...] [--samples 4096] [--noise 0.1] [--seed 0] [--mixed]
 *          [--threads 1] [--replicates 0] [-- train flags ...]
 *
 * `--mixed`: every point of the spectrum sums all nodes, each with a weight of its own, so that no part of it shows one
 * node alone. `--replicates`: what the finding then states, held against the truth; a node is found from an NMI of .9 on.
 * Prints a Markdown table.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { causalscope } from './command.ts'
import { writeSpectra } from './many-outcomes/spectra.ts'
import { evaluationSchema, statedCells, statedHeads } from './stated.ts'

const separator = process.argv.indexOf('--')
const { values, positionals } = parseArgs({
  args: separator < 0 ? process.argv.slice(2) : process.argv.slice(2, separator),
  allowPositionals: true,
  options: {
    samples: { type: 'string', default: '4096' },
    noise: { type: 'string', default: '0.1' },
    seed: { type: 'string', default: '0' },
    mixed: { type: 'boolean', default: false },
    threads: { type: 'string', default: '1' },
    replicates: { type: 'string', default: '0' },
  },
})
const trainFlags = separator < 0 ? [] : process.argv.slice(separator + 1)
const sizes = positionals.length > 0 ? positionals : ['2,2,2,2,2', '4,4,4', '2,2,2,2,2,2,2', '2,2,2,2,2,2,2,2']

const summarySchema = v.object({ id: v.number(), seconds: v.number() })
const foundSchema = v.looseObject({
  ...evaluationSchema.entries,
  accuracy: v.nullish(v.number()),
  cpdagShd: v.nullish(v.number()),
})
const stated = Number(values.replicates) > 0

const round = (x: number | null | undefined, digits: number): string => (x == null ? '' : x.toFixed(digits))

async function row(nodes: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'many-outcomes-'))
  try {
    const [data, project] = [join(folder, 'data'), join(folder, 'study.causalscope')]
    await mkdir(data)
    const categories = nodes.split(',').map(Number)
    const { samples, noise, seed, mixed } = values
    const written = writeSpectra(categories, {
      ...{ samples: Number(samples), noise: Number(noise), seed: Number(seed), mixed },
    })
    for (const [name, text] of Object.entries(written)) await writeFile(join(data, name), text)
    await causalscope('import', data, '--project', project, '--json')
    const { id, seconds } = v.parse(
      summarySchema,
      await causalscope(
        ...['train', '--project', project, '--method', 'causal-pima', '--nodes', nodes, '--seed', seed, '--json'],
        ...['--replicates', '0', '--engine', 'wasm', '--threads', values.threads, ...trainFlags],
      ),
    )
    const run = ['--project', project, '--run', String(id), '--json']
    const found = v.parse(foundSchema, await causalscope('evaluate', ...run, '--truth', join(data, 'truth.json')))
    const outcomes = categories.reduce((product, each) => product * each, 1)
    const each = found.nodeNmi.map((nmi) => round(nmi, 2)).join(' ')
    const of = `| ${outcomes} | ${nodes} | ${each} | ${round(found.jointNmi, 3)} | ${round(found.accuracy, 3)} | ${found.cpdagShd ?? ''} | ${seconds.toFixed(0)} |`
    return stated ? `${of} ${(await statedCells(run, values.replicates, found)).join(' | ')} |` : of
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

console.log(
  `| joint outcomes | nodes | node NMI | joint NMI | accuracy | CPDAG-SHD | seconds |${stated ? ` ${statedHeads.join(' | ')} |` : ''}`,
)
console.log(`${'| --- '.repeat(stated ? 10 : 7)}|`)
for (const nodes of sizes) console.log(await row(nodes))
