/**
 * How long our training takes to the final ELBO of the same training in PyTorch: circles, 20 epochs of pre-training and
 * 40 joint ones, one thread each. The reference is a Python program that takes `train --samples N --pretrain P --epochs E`
 * and prints one JSON line with `seconds` and `elbo`. Our epochs are counted from the joint phase on, with every sample
 * in training, as there. Processor seconds are what to compare on a machine that does other work meanwhile; those of the
 * reference include the start of Python and the making of its samples.
 *
 *     npm run bench -- train-against-pytorch --reference FILE [--python /usr/bin/python3] [--samples 4096]
 *          [--pretrain 20] [--epochs 40]
 */
import { spawnSync } from 'node:child_process'
import { availableParallelism, cpus } from 'node:os'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { openEngine } from '../../src-main/compute/engine.ts'
import { datasetOf } from '../../src-main/datasets/synthetic/dataset-of.ts'
import { makeSynthetic } from '../../src-main/datasets/synthetic/registry.ts'
import { createSession } from '../../src-main/models/causal-pima/trained.ts'

const { values } = parseArgs({
  options: {
    reference: { type: 'string' },
    python: { type: 'string', default: '/usr/bin/python3' },
    samples: { type: 'string', default: '4096' },
    pretrain: { type: 'string', default: '20' },
    epochs: { type: 'string', default: '40' },
  },
})
if (values.reference === undefined) throw new Error('say where the reference program is: --reference FILE')
const samples = Number(values.samples)

interface Course {
  readonly seconds: number
  readonly processorSeconds: number
  readonly epochs: number
  readonly elbo: number
}

/** Minutes and seconds as `times` of the shell prints them. */
function secondsOf(text: string): number {
  return Array.from(text.matchAll(/(\d+)m([\d.]+)s/g), ([, m, s]) => Number(m) * 60 + Number(s)).reduce((a, b) => a + b)
}

function peer(reference: string): Course {
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' }
  for (const setting of ['OPENBLAS_CORETYPE', 'OPENBLAS_L2_SIZE']) Reflect.deleteProperty(env, setting)
  const { pretrain, epochs } = values
  const args = [reference, 'train', '--samples', values.samples, '--pretrain', pretrain, '--epochs', epochs]
  const timed = ['-c', '"$@" && times', 'sh', values.python, ...args]
  const { status, stdout, stderr } = spawnSync('sh', timed, { encoding: 'utf8', env })
  if (status !== 0) throw new Error(stderr)
  const lines = stdout.trim().split('\n')
  const line = v.parse(v.object({ seconds: v.number(), elbo: v.number() }), JSON.parse(lines.at(-3)!))
  return { ...line, processorSeconds: secondsOf(lines.at(-1)!), epochs: Number(pretrain) + Number(epochs) }
}

/** Trains until the ELBO of a joint epoch is at least `target`, or to the end. */
async function ours(noise: 'optimal' | 'trainable', target: number): Promise<Course> {
  const dataset = datasetOf(await makeSynthetic('circles', { samples, seed: 0, structure: 'complete' }))
  const training = {
    ...{ pretrainEpochs: Number(values.pretrain), epochs: Number(values.epochs) },
    ...{ patience: 0, validationFraction: 0 },
  }
  const session = createSession({ method: 'causal-pima', dataset, config: { noise, training }, seed: 0, threads: 1 })
  const start = performance.now()
  const before = process.cpuUsage()
  let elbo = Number.NaN
  for (;;) {
    const advance = await session.advance()
    if (advance.kind === 'finished') break
    if (advance.kind !== 'epoch' || advance.metrics.phase !== 'joint') continue
    elbo = advance.metrics.score
    if (elbo >= target) break
  }
  const { user, system } = process.cpuUsage(before)
  const seconds = (performance.now() - start) / 1000
  const course = { seconds, processorSeconds: (user + system) / 1e6, epochs: session.epoch, elbo }
  session.dispose()
  return course
}

function print(name: string, { seconds, processorSeconds, epochs, elbo }: Course): void {
  console.log(`| ${[name, epochs, elbo.toFixed(1), seconds.toFixed(1), processorSeconds.toFixed(1)].join(' | ')} |`)
}

const { detail } = await openEngine('wasm')
console.log(`${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, ${detail}\n`)
console.log('| program | epochs | ELBO, nats | seconds | processor seconds |\n| --- | --- | --- | --- | --- |')
const reference = peer(values.reference)
print('PyTorch', reference)
for (const noise of ['optimal', 'trainable'] as const) print(`ours, noise ${noise}`, await ours(noise, reference.elbo))
