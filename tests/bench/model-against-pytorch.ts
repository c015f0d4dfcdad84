/**
 * A step of causalPIMA's joint phase as the program trains it, images of several sizes with a curve of 48 points, beside
 * the same networks and objective in PyTorch: in alternation, each a process of its own, medians over the rounds of each
 * program's own median. Of each program the best of its settings is compared. PyTorch is no dependency; tried with
 *
 *     python3 -m venv peers && peers/bin/pip install torch==2.15.0 numpy
 *     npm run bench -- model-against-pytorch --python peers/bin/python [--sizes 28,64,128] [--batches 32,128,512]
 *          [--threads 1,2] [--settings plain,channels-last] [--rounds 3] [--seconds 8]
 */
import { spawnSync } from 'node:child_process'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { openEngine } from '../../src-main/compute/engine.ts'
import { BatchRoom } from '../../src-main/models/causal-pima/batch.ts'
import { openDescent } from '../../src-main/models/causal-pima/descent.ts'
import { CausalPimaModel, type ModelShape } from '../../src-main/models/causal-pima/model.ts'
import { decoderSpec, encoderSpec } from '../../src-main/models/nn/network-specs.ts'
import type { Modality } from '../../src-shared/domain/dataset.ts'
import { RandomStream } from '../../src-shared/random/stream.ts'

const { values } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    sizes: { type: 'string', default: '28,64,128' },
    batches: { type: 'string', default: '32,128,512' },
    threads: { type: 'string', default: '1,2' },
    settings: { type: 'string', default: 'plain,channels-last' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '8' },
    // Set by this program for its own second process.
    ours: { type: 'string' },
  },
})

const latent = 4
const points = 48
const seconds = Number(values.seconds)
const numbers = (list: string): number[] => list.split(',').map(Number)

const measured = v.object({ ms: v.number(), parameters: v.number(), mebibytes: v.number() })
type Measured = v.InferOutput<typeof measured>
const settingSchema = v.object({ size: v.number(), batch: v.number(), threads: v.number() })
type Setting = v.InferOutput<typeof settingSchema>

function median(list: readonly number[]): number {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!
}

function modalitiesOf(size: number): Modality[] {
  const common = { present: 1, source: '', scaling: { offset: [0], scale: [1] } }
  return [
    { ...common, name: 'image', kind: 'image', shape: [size, size, 3] },
    { ...common, name: 'curve', kind: 'curve', shape: [points] },
  ]
}

/** This program in a process of its own: the model and its descent as a training has them. */
async function ours({ size, batch, threads }: Setting): Promise<Measured> {
  await openEngine('wasm', { threads })
  const modalities = modalitiesOf(size)
  const shape: ModelShape = {
    ...{ modalities, categories: [2, 2, 2], latent, likelihoodWeights: [1, 1], noise: 'optimal', experts: [] },
    ...{ responsibilities: 'exact', constraints: null, regimes: null },
  }
  const model = new CausalPimaModel(shape, 0)
  const descent = openDescent(model, 0, threads)
  const random = RandomStream.of(0, 'bench')
  const room = new BatchRoom(threads > 1)
  const filled = (key: string, length: number, draw: () => number): Float32Array => {
    const array = room.floats(key, length)
    for (let i = 0; i < length; i++) array[i] = draw()
    return array
  }
  const x = modalities.map(({ name, shape: sides }) =>
    filled(
      name,
      sides.reduce((product, side) => product * side, batch),
      () => random.uniform(),
    ),
  )
  const fusion = filled('fusion', batch * modalities.length, () => 1)
  const step = async (): Promise<void> => {
    const noise = filled('noise', batch * latent, () => random.normal())
    const arrays = { rows: batch, x, fusion, present: null, known: null, regime: null, noise }
    const aim = { phase: 'joint' as const, temperature: 1, lambda: 0.003 }
    const terms = await descent.step({ batch: arrays, aim }, () => 1e-3)
    await terms.data()
    terms.dispose()
  }
  // The runtime compiles what runs often for some seconds.
  const warmedUpAt = performance.now() + 4000
  for (let warm = 0; warm < 5 || performance.now() < warmedUpAt; warm++) await step()
  const times: number[] = []
  const until = performance.now() + 1000 * seconds
  while (performance.now() < until || times.length < 10) {
    const start = performance.now()
    await step()
    times.push(performance.now() - start)
  }
  const moved = model.parameters
    .entries()
    .filter(([name]) => !(name.startsWith('mixture/') || name.startsWith('noise/')))
  const parameters = moved.reduce((sum, [, { size: count }]) => sum + count, 0)
  descent.dispose()
  model.dispose()
  return { ms: median(times), parameters, mebibytes: process.resourceUsage().maxRSS / 1024 }
}

function run(command: string, args: readonly string[], threads: number): Measured {
  const env = { ...process.env, OMP_NUM_THREADS: String(threads) }
  for (const name of ['OPENBLAS_CORETYPE', 'OPENBLAS_L2_SIZE', 'OPENBLAS_NUM_THREADS'])
    Reflect.deleteProperty(env, name)
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env })
  if (status !== 0) throw new Error(stderr)
  return v.parse(measured, JSON.parse(stdout.trim().split('\n').at(-1) ?? ''))
}

function peer({ size, batch, threads }: Setting, setting: string): Measured {
  const modalities = modalitiesOf(size).map((modality) => ({
    shape: modality.shape,
    encoder: encoderSpec(modality, 2 * latent),
    decoder: decoderSpec(modality, latent),
  }))
  const asked = JSON.stringify({ batch, threads, setting, seconds, latent, modalities })
  return run(values.python, [join(import.meta.dirname, 'model-against-pytorch/peer.py'), asked], threads)
}

function own(setting: Setting): Measured {
  const asked = [`--ours=${JSON.stringify(setting)}`, `--seconds=${seconds}`]
  return run(process.execPath, [import.meta.filename, ...asked], setting.threads)
}

interface Way {
  readonly name: string
  readonly measure: () => Measured
  readonly rounds: Measured[]
}
const best = (ways: readonly Way[]): { name: string; ms: number; mebibytes: number } =>
  ways
    .map(({ name, rounds }) => ({
      name,
      ms: median(rounds.map(({ ms }) => ms)),
      mebibytes: Math.max(...rounds.map(({ mebibytes }) => mebibytes)),
    }))
    .reduce((least, way) => (way.ms < least.ms ? way : least))

/** One row of the table: every way of either program in turn, so that what the machine does meanwhile meets all alike. */
function compare(size: number, batch: number): void {
  const settings = numbers(values.threads).map((threads) => ({ size, batch, threads }))
  const way = (name: string, measure: () => Measured): Way => ({ name, measure, rounds: [] })
  const theirs = settings.flatMap((setting) =>
    values.settings.split(',').map((each) => way(`${each}, ${setting.threads}`, () => peer(setting, each))),
  )
  const mine = settings.map((setting) => way(`${setting.threads}`, () => own(setting)))
  for (let round = 0; round < Number(values.rounds); round++)
    for (const each of [...theirs, ...mine]) each.rounds.push(each.measure())
  const counts = new Set([...theirs, ...mine].flatMap(({ rounds }) => rounds.map(({ parameters }) => parameters)))
  if (counts.size > 1) throw new Error(`the networks differ: ${[...counts].join(', ')} parameters`)
  const [a, b] = [best(theirs), best(mine)]
  const one = (ways: readonly Way[]): string => best(ways.filter(({ name }) => / ?\b1$/.test(name))).ms.toFixed(1)
  const alone = numbers(values.threads).includes(1) ? [one(theirs), one(mine)] : ['', '']
  const cells = [a.ms.toFixed(1), a.name, b.ms.toFixed(1), b.name, (b.ms / a.ms).toFixed(2), ...alone]
  console.log(`| ${[size, batch, ...cells, a.mebibytes.toFixed(0), b.mebibytes.toFixed(0)].join(' | ')} |`)
}

if (values.ours !== undefined) {
  console.log(JSON.stringify(await ours(v.parse(settingSchema, JSON.parse(values.ours)))))
} else {
  const version = spawnSync(values.python, ['-c', 'import torch; print(torch.__version__)'], { encoding: 'utf8' })
  if (version.status !== 0) throw new Error(version.stderr)
  console.log(`${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores`)
  console.log(`PyTorch ${version.stdout.trim()}; images of so many pixels a side with curves of ${points} points\n`)
  console.log(
    '| pixels | batch | PyTorch’s best, ms | its setting, threads | our best, ms | threads | ours / PyTorch | PyTorch’s best on one thread, ms | ours on one | PyTorch, MiB | ours, MiB |',
  )
  console.log(`|${' --- |'.repeat(11)}`)
  for (const size of numbers(values.sizes)) for (const batch of numbers(values.batches)) compare(size, batch)
}
