/**
 * What is found of nodes that have many joint outcomes, and how long it takes to look for them: spectra with a band for
 * each node, whose height is the node's category; the nodes a chain. One training a line, the numbers of nodes and
 * categories known.
 *
 *     npm run bench -- many-outcomes [2,2,2,2,2 4,4,4 ...] [--samples 4096] [--noise 0.1] [--seed 0] [--mixed]
 *          [--threads 1] [-- train flags ...]
 *
 * `--mixed`: every point of the spectrum sums all nodes, each with a weight of its own, so that no part of it shows one
 * node alone. Prints a Markdown table.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { causalscope } from './command.ts'
import { writeSpectra } from './many-outcomes/spectra.ts'

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
  },
})
const trainFlags = separator < 0 ? [] : process.argv.slice(separator + 1)
const sizes = positionals.length > 0 ? positionals : ['2,2,2,2,2', '4,4,4', '2,2,2,2,2,2,2', '2,2,2,2,2,2,2,2']

const summarySchema = v.object({ id: v.number(), seconds: v.number() })
const evaluationSchema = v.looseObject({
  jointNmi: v.nullish(v.number()),
  nodeNmi: v.nullish(v.array(v.nullable(v.number()))),
  accuracy: v.nullish(v.number()),
  cpdagShd: v.nullish(v.number()),
})

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
    const found = v.parse(
      evaluationSchema,
      await causalscope(
        ...['evaluate', '--project', project, '--run', String(id), '--truth', join(data, 'truth.json'), '--json'],
      ),
    )
    const outcomes = categories.reduce((product, each) => product * each, 1)
    const each = found.nodeNmi?.map((nmi) => round(nmi, 2)).join(' ') ?? ''
    return `| ${outcomes} | ${nodes} | ${each} | ${round(found.jointNmi, 3)} | ${round(found.accuracy, 3)} | ${found.cpdagShd ?? ''} | ${seconds.toFixed(0)} |`
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

console.log('| joint outcomes | nodes | node NMI | joint NMI | accuracy | CPDAG-SHD | seconds |')
console.log('| --- | --- | --- | --- | --- | --- | --- |')
for (const nodes of sizes) console.log(await row(nodes))
