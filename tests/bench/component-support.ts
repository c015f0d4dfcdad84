/**
 * What the thresholds of components rest on (src-shared/findings/component-thresholds.ts): made sets are trained and
 * replicated through the command line, and for every component it is written how far it returns, how it is coupled in the
 * replicates, and the highest |correlation| with a true latent. One JSON line a component; those done are left out when the
 * same file is given again.
 *
 *     npm run bench -- component-support --out support.jsonl [--only convex,shuffled] [--seeds 3] [--jobs 2]
 */
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { parseTruth } from '../../src-main/datasets/truth.ts'
import { correlation } from '../../src-main/statistics/correlation.ts'
import { RandomStream } from '../../src-shared/random/stream.ts'
import { causalscope } from './command.ts'

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    only: { type: 'string' },
    seeds: { type: 'string', default: '3' },
    jobs: { type: 'string', default: '2' },
  },
})
const out = values.out
if (out === undefined) throw new Error('say where to write: --out support.jsonl')

interface Case {
  readonly set: 'convex' | 'sphere' | 'blobs-lines'
  readonly samples: number
  readonly steps: number
  readonly privates?: number
  /** The rows of one table are dealt anew: nothing is shared. */
  readonly shuffled?: boolean
}

const latents = 6
const cases: Readonly<Record<string, Case>> = {
  'convex-3000': { set: 'convex', samples: 3000, steps: 1500 },
  'convex-9000': { set: 'convex', samples: 9000, steps: 3000 },
  'convex-30000': { set: 'convex', samples: 30_000, steps: 6000 },
  'convex-private': { set: 'convex', samples: 30_000, steps: 6000, privates: 1 },
  'sphere-9000': { set: 'sphere', samples: 9000, steps: 3000 },
  'sphere-30000': { set: 'sphere', samples: 30_000, steps: 6000 },
  'shuffled-convex': { set: 'convex', samples: 9000, steps: 1500, shuffled: true },
  'shuffled-sphere': { set: 'sphere', samples: 3000, steps: 1500, shuffled: true },
  'blobs-lines': { set: 'blobs-lines', samples: 1200, steps: 600 },
}

const record = v.looseObject({
  id: v.number(),
  seconds: v.number(),
  finding: v.string(),
  components: v.array(v.looseObject({ name: v.string(), strength: v.number(), standing: v.string() })),
})

async function shuffle(file: string, seed: number): Promise<void> {
  const [header, ...rows] = (await readFile(file, 'utf8')).trim().split('\n')
  const order = RandomStream.of(seed, 'shuffled').permutation(rows.length)
  const dealt = rows.map((row, i) => [row.split(',')[0], ...rows[order[i]!]!.split(',').slice(1)].join())
  await writeFile(file, `${[header, ...dealt].join('\n')}\n`)
}

/** Highest |correlation| of each component with a latent. */
async function againstTruth(folder: string, names: readonly string[]): Promise<number[]> {
  const truth = parseTruth(JSON.parse(await readFile(join(folder, 'data/truth.json'), 'utf8')), 'truth.json')
  const [header, ...rows] = (await readFile(join(folder, 'components.csv'), 'utf8')).trim().split(/\r?\n/)
  const columns = header!.split(',')
  const known = rows.map((row) => row.split(',')).filter(([id]) => truth.latents.has(id!))
  return names.map((name) => {
    const own = Float64Array.from(known, (row) => Number(row[columns.indexOf(name)]))
    const each = truth.latentNames.map((_, k) =>
      Math.abs(
        correlation(
          own,
          Float64Array.from(known, ([id]) => truth.latents.get(id!)![k]!),
        ),
      ),
    )
    return Math.max(0, ...each)
  })
}

async function measure(name: string, seed: number): Promise<string[]> {
  const { set, samples, steps, privates = 0, shuffled = false } = cases[name]!
  const folder = await mkdtemp(join(tmpdir(), 'support-'))
  try {
    const data = join(folder, 'data')
    const project = join(folder, 'p.causalscope')
    const coupled = set === 'blobs-lines' ? [] : ['--latents', `${latents}`, '--privates', `${privates}`]
    await causalscope('synth', set, '--out', data, '--samples', `${samples}`, '--seed', `${seed}`, ...coupled)
    if (shuffled) await shuffle(join(data, 't.csv'), seed)
    await causalscope('import', data, '--project', project)
    const box = set === 'convex'
    const settings = [
      `geometry=${box ? 'box' : 'sphere'}`,
      ...[`latent.size=${set === 'blobs-lines' ? 4 : latents}`, `training.steps=${steps}`],
      ...(set === 'blobs-lines' ? ['training.batchSize=256'] : [`training.learningRate=${box ? 2e-3 : 3e-3}`]),
    ].flatMap((setting) => ['--set', setting])
    const common = ['--project', project, '--json']
    const answer = await causalscope(
      ...['train', ...common, '--method', 'partial-causal', '--seed', `${seed}`, '--threads', '1', ...settings],
    )
    const { components, finding } = v.parse(record, answer)
    await causalscope('export', ...common, '--run', '1', '--formats', 'components.csv', '--out', folder)
    const truth = await againstTruth(
      folder,
      components.map((component) => component.name),
    )
    return components.map((component, c) =>
      JSON.stringify({ case: name, seed, ...component, low: [], high: [], truth: truth[c], finding }),
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const doneBefore = await readFile(out, 'utf8').catch(() => '')
const isDone = (name: string, seed: number): boolean => doneBefore.includes(`{"case":"${name}","seed":${seed},`)
const only = values.only?.split(',') ?? ['']
const waiting = Object.keys(cases)
  .filter((name) => only.some((part) => name.includes(part)))
  .flatMap((name) => Array.from({ length: Number(values.seeds) }, (_, i) => ({ name, seed: i + 1 })))
  .filter(({ name, seed }) => !isDone(name, seed))
await Promise.all(
  Array.from({ length: Number(values.jobs) }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const lines = await measure(next.name, next.seed)
      await appendFile(out, `${lines.join('\n')}\n`)
      process.stdout.write(`${next.name} ${next.seed}: ${(JSON.parse(lines[0]!) as { finding: string }).finding}\n`)
    }
  }),
)
