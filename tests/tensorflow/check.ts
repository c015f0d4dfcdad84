/**
 * Whether a TensorFlow of one's own does as an engine what it should: every op and gradient, a training on circles beside
 * the same on wasm, one that is interrupted and goes on from its checkpoint; then step times beside the other engines, in
 * alternation, as a Markdown table. TensorFlow is no dependency: fetch it first. Exits 1 where something is not as it should.
 *
 *     python3 -m pip download --no-deps tensorflow-cpu && unzip tensorflow_cpu-*.whl -d /tmp/tensorflow
 *     (cd /tmp/tensorflow && npm pack @tensorflow/tfjs-node@4.22.0)
 *     npm run check:tensorflow -- --native /tmp/tensorflow [--rounds 5] [--batches 32,128,512] [--slow-batches 32]
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { median } from '../../src-main/cli/bench/machine.ts'
import { type Ended, type RunningCommand, startWith } from '../integration/cli/command.ts'

const { values } = parseArgs({
  options: {
    native: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    batches: { type: 'string', default: '32,128,512' },
    /** Those at which the plain CPU engine is timed too: a step of it takes seconds. */
    'slow-batches': { type: 'string', default: '32' },
    samples: { type: 'string', default: '600' },
  },
})
if (values.native === undefined) throw new Error('say where TensorFlow lies: --native FOLDER')
const native = resolve(values.native)
const folder = await mkdtemp(join(tmpdir(), 'causalscope-tensorflow-'))
const environment = { ...process.env, CAUSALSCOPE_SETTINGS: join(folder, 'settings') }

const start = (...args: string[]): RunningCommand => startWith(environment, folder, ...args)

async function causalscope(...args: string[]): Promise<Ended> {
  const ended = await start(...args).ended
  if (ended.code !== 0) throw new Error(`causalscope ${args.join(' ')}: ${ended.stderr}`)
  return ended
}

const named = v.object({ engine: v.string(), version: v.string(), cases: v.number() })
const run = v.object({ id: v.number(), status: v.string(), score: v.number(), seconds: v.number() })
const step = v.object({ engine: v.string(), detail: v.string(), threads: v.number(), medianMs: v.number() })

const last = (ended: Ended): unknown => ended.lines.at(-1)

const train = (engine: string): string[] => [
  ...['train', '--project', 'lab.causalscope', '--method', 'causal-pima', '--json', '--nodes', '2,2,2'],
  ...['--engine', engine, '--set', 'training.pretrainEpochs=10', '--set', 'training.epochs=10'],
  ...['--set', 'mixture.readings=1', '--replicates', '0'],
]

const measures = v.object({ jointNmi: v.number(), nodeNmi: v.array(v.number()), cpdagShd: v.number() })

/** How well a run tells the causes that the circles were made by. */
async function recovered(id: number): Promise<string> {
  const ended = await causalscope('evaluate', '--project', 'lab.causalscope', '--run', `${id}`, '--truth', 'data/truth.json', '--json') // prettier-ignore
  const { jointNmi, nodeNmi, cpdagShd } = v.parse(measures, last(ended))
  return `joint NMI ${jointNmi.toFixed(3)}, nodes ${nodeNmi.map((nmi) => nmi.toFixed(3)).join(', ')}, CPDAG-SHD ${cpdagShd}`
}

/** Whether a run that was stopped after its checkpoint ends where the uninterrupted one does; how far apart where not. */
async function resumes(engine: string, whole: number): Promise<number> {
  const running = start(...train(engine))
  await running.saw('stdout', /"epoch":6,/)
  running.child.kill('SIGINT')
  const { id } = v.parse(v.object({ id: v.number() }), last(await running.ended))
  const ended = await causalscope('resume', '--project', 'lab.causalscope', '--run', `${id}`, '--replicates', '0', '--json') // prettier-ignore
  return Math.abs(v.parse(run, last(ended)).score - whole)
}

async function journey(engine: string): Promise<boolean> {
  await causalscope('synth', 'circles-line', '--out', 'data', '--samples', values.samples)
  await causalscope('import', 'data', '--project', 'lab.causalscope')
  const theirs = v.parse(run, last(await causalscope(...train(engine))))
  const again = v.parse(run, last(await causalscope(...train(engine))))
  const ours = v.parse(run, last(await causalscope(...train('wasm'))))
  console.log(`circles-line, ${values.samples} samples, 20 epochs, score in nats:`)
  for (const [name, one] of [
    [engine, theirs],
    ['wasm', ours],
  ] as const)
    // prettier-ignore
    console.log(`- ${name}: ${one.score.toFixed(3)} in ${one.seconds.toFixed(1)} s; ${await recovered(one.id)}`)
  const apart = Math.abs(theirs.score - again.score)
  console.log(`- ${engine} trained a second time: ${apart === 0 ? 'the same bits' : `${apart.toExponential(1)} apart`}`)
  const resumed = await resumes(engine, theirs.score)
  console.log(`- ${engine} interrupted and resumed: ${resumed === 0 ? 'the same bits' : `${resumed.toExponential(1)} apart`}`) // prettier-ignore
  const tolerance = 0.01 * Math.abs(theirs.score)
  return Math.max(resumed, Math.abs(theirs.score - ours.score)) <= tolerance
}

/** Milliseconds of a step, each the median of its process; engines in turn, so that a busy machine slows all alike; the plain CPU engine once. */
async function times(engines: readonly string[], batch: number): Promise<ReadonlyMap<string, number>> {
  const measured = new Map<string, number[]>(engines.map((engine) => [engine, []]))
  for (let round = 0; round < Number(values.rounds); round++)
    for (const [engine, all] of measured) {
      // A hundred times slower: minutes for once, and no doubt about it.
      const slow = engine === 'cpu'
      if (slow && round > 0) continue
      const steps = slow ? '1' : '40'
      const ended = await causalscope('bench', 'step', '--engine', engine, '--batch', `${batch}`, '--steps', steps, '--json') // prettier-ignore
      all.push(v.parse(step, last(ended)).medianMs)
    }
  return new Map([...measured].map(([engine, all]) => [engine, median(all)]))
}

async function table(engine: string): Promise<void> {
  const found = (await causalscope('engines', '--json')).lines
  const present = v.parse(v.array(v.object({ name: v.string(), present: v.boolean() })), found).filter((e) => e.present)
  const fast = [engine, 'wasm', ...present.map(({ name }) => name).filter((name) => name === 'webgpu')]
  const slow = values['slow-batches'].split(',').map(Number)
  console.log(`\n| batch | ${engine}, ms | wasm, ms | wasm / ${engine} | others, ms |\n| --- | --- | --- | --- | --- |`)
  for (const batch of values.batches.split(',').map(Number)) {
    const all = await times(slow.includes(batch) ? [...fast, 'cpu'] : fast, batch)
    const [theirs, ours] = [all.get(engine)!, all.get('wasm')!]
    const others = [...all].slice(2).map(([name, ms]) => `${name} ${ms.toFixed(1)}`)
    console.log(`| ${batch} | ${theirs.toFixed(1)} | ${ours.toFixed(1)} | ${(ours / theirs).toFixed(2)} | ${others.join(', ') || '-'} |`) // prettier-ignore
  }
}

try {
  const { engine, version, cases } = v.parse(named, last(await causalscope('engines', '--native', native, '--json')))
  console.log(`TensorFlow ${version} as ${engine}; ${cases} ops and gradients agree with the plain CPU engine.`)
  console.log(`${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores\n`)
  if (!(await journey(engine))) process.exitCode = 1
  await table(engine)
} finally {
  await rm(folder, { recursive: true })
}
