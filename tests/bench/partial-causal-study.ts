/**
 * The synthetic study of the partial causal model (docs/partial-causal.md section 5) as one command: every conditional on
 * the sphere and in the box, several seeds, fresh samples in every batch, a table beside the published numbers.
 *
 *     node tests/bench/partial-causal-study.ts --out study.jsonl [--profile quick|full] [--seeds 3] [--threads 2]
 *         [--privates 5] [--steps N] [--only sphere/vmf,convex/laplace]
 *
 * A line a finished run; started again with the same file it goes on from the last checkpoint of the run that was stopped.
 */
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { deserialize, serialize } from 'node:v8'
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { openEngine } from '../../src-main/compute/engine.ts'
import {
  type Conditional,
  conditionals,
  type CoupledDesign,
  coupledSampler,
  type CoupledSample,
  measuredSize,
  type Space,
} from '../../src-main/datasets/synthetic/coupled/coupled-latents.ts'
import { linearR2, meanCorrelation } from '../../src-main/evaluation/representation.ts'
import type { DescentState } from '../../src-main/models/nn/descent.ts'
import type { StoredArray } from '../../src-main/models/nn/parameters.ts'
import { openDescent } from '../../src-main/models/partial-causal/descent.ts'
import { PartialCausalModel } from '../../src-main/models/partial-causal/model.ts'
import { cosineRate } from '../../src-main/models/partial-causal/schedule.ts'
import { realMatrix, rowsOf } from '../../src-main/statistics/linear-algebra/real-matrix.ts'
import { unmix } from '../../src-main/statistics/unmixing/unmix.ts'
import { learningRateOf, partialCausalConfig } from '../../src-shared/methods/partial-causal/config.ts'
import { RandomStream } from '../../src-shared/random/stream.ts'

interface Profile {
  readonly latents: number
  readonly batch: number
  readonly steps: number
  readonly hidden: (n: number) => number[]
  /** Of spaces whose usual rate is not taken. */
  readonly learningRate: Partial<Record<Space, number>>
}

/** Narrow networks need a higher rate than the usual ones: at these the loss still falls after 5,000 steps. */
const profiles: Readonly<Record<'quick' | 'full', Profile>> = {
  quick: {
    ...{ latents: 5, batch: 512, steps: 5000, learningRate: { sphere: 3e-3, convex: 2e-3 } },
    hidden: (n) => [10, 20, 20, 20, 20, 10].map((k) => k * n),
  },
  full: {
    ...{ latents: 10, batch: 6144, steps: 100_000, learningRate: { sphere: 1e-4, convex: 1e-4 } },
    hidden: (n) => [10, 50, 50, 50, 50, 10].map((k) => k * n),
  },
}

/** Per cent, as the paper has them. */
const published: Readonly<Record<Space, { readonly met: string; readonly violated: string }>> = {
  sphere: { met: 'R2 99.5 +- 0.1', violated: 'R2 88.5 - 96.3' },
  convex: { met: 'MCC 99.1 +- 0.1', violated: 'MCC 95.6 - 98.6' },
}

const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: 'partial-causal-study.jsonl' },
    profile: { type: 'string', default: 'quick' },
    seeds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
    privates: { type: 'string', default: '5' },
    steps: { type: 'string' },
    only: { type: 'string' },
  },
})
const profile = profiles[v.parse(v.picklist(['quick', 'full']), options.profile)]
const steps = Number(options.steps ?? profile.steps)
const [threads, seeds, privates] = [options.threads, options.seeds, options.privates].map(Number) as [
  number,
  number,
  number,
]
const checkpointEvery = 500
const standardRows = 4000
const evaluated = 4000

const outcome = v.object({
  ...{ key: v.string(), r2: v.number(), mcc: v.number(), loss: v.number(), tau: v.number() },
  ...{ seconds: v.number(), steps: v.number() },
})
type Outcome = v.InferOutput<typeof outcome>

/** What a stopped run goes on from. */
interface Checkpoint {
  readonly key: string
  readonly step: number
  readonly seconds: number
  readonly parameters: Readonly<Record<string, StoredArray>>
  readonly descent: DescentState
}

const finished: Outcome[] = existsSync(options.out)
  ? readFileSync(options.out, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => v.parse(outcome, JSON.parse(line)))
  : []

/** [rows, d] standardised by mean and standard deviation of each column. */
function standardiser(
  samples: readonly CoupledSample[],
  side: 'x' | 't',
): (of: readonly CoupledSample[]) => Float32Array {
  const width = samples[0]![side].length
  const columns = Array.from({ length: width }, (_, k) => {
    const mean = samples.reduce((sum, sample) => sum + sample[side][k]!, 0) / samples.length
    const variance = samples.reduce((sum, sample) => sum + (sample[side][k]! - mean) ** 2, 0) / samples.length
    return { mean, sd: Math.sqrt(variance) }
  })
  return (of) =>
    Float32Array.from(of.flatMap((sample) => columns.map(({ mean, sd }, k) => (sample[side][k]! - mean) / sd)))
}

async function run(space: Space, conditional: Conditional, seed: number): Promise<Outcome> {
  const key = `${options.profile}/${privates}/${steps}/${space}/${conditional}/${seed}`
  const spread = conditionals[space][conditional]!
  const design: CoupledDesign = { space, latents: profile.latents, privates, conditional, spread }
  const config = v.parse(partialCausalConfig, {
    geometry: space === 'sphere' ? 'sphere' : 'box',
    latent: { size: profile.latents },
    networks: { hidden: profile.hidden(profile.latents) },
    training: { learningRate: profile.learningRate[space] },
  })
  const draw = coupledSampler(design, RandomStream.of(seed, 'study/maps'))
  const samples = (count: number, purpose: string): CoupledSample[] => {
    const random = RandomStream.of(seed, `study/${purpose}`)
    return Array.from({ length: count }, () => draw(random))
  }
  const first = samples(standardRows, 'standard')
  const sides = [standardiser(first, 'x'), standardiser(first, 't')]
  const width = measuredSize(design)
  const modalities = ['x', 't'].map((name) => ({
    ...{ name, kind: 'vector' as const, shape: [width], present: 1, source: '' },
    scaling: { offset: [0], scale: [1] },
  }))
  const model = new PartialCausalModel({ modalities, config }, seed)
  sides.forEach((side, m) => {
    const x = tf.tensor2d(side(first.slice(0, 1024)), [1024, width])
    model.initialise(m, x)
    x.dispose()
  })
  const descent = openDescent(model, seed, profile.batch, threads)
  const file = `${options.out}.checkpoint`
  const stored = existsSync(file) ? (deserialize(readFileSync(file)) as Checkpoint) : null
  let [step, before] = [0, 0]
  if (stored?.key === key) {
    model.parameters.write(stored.parameters)
    descent.write(stored.descent)
    ;[step, before] = [stored.step, stored.seconds]
    console.error(`${key}: goes on from step ${step}`)
  }
  descent.parametersChanged()
  const start = performance.now()
  const seconds = (): number => before + (performance.now() - start) / 1000
  let loss = NaN
  for (; step < steps; step++) {
    if (step > 0 && step % checkpointEvery === 0) {
      const parts = { parameters: await model.parameters.read(), descent: await descent.read() }
      writeFileSync(file, serialize({ key, step, seconds: seconds(), ...parts } satisfies Checkpoint))
      console.error(`${key}: step ${step}, loss ${loss.toFixed(3)}, ${seconds().toFixed(0)} s`)
    }
    const batch = samples(profile.batch, `batch/${step}`)
    const rate = cosineRate(learningRateOf(config), step, { steps })
    const terms = await descent.step({ rows: batch.length, x: sides.map((side) => side(batch)) }, () => rate)
    loss = (await terms.data<'float32'>())[0]!
    terms.dispose()
  }
  const held = samples(evaluated, 'evaluation')
  const x = tf.tensor2d(sides[0]!(held), [evaluated, width])
  const outputs = tf.tidy(() => model.encode(0, x))
  const code = realMatrix(evaluated, profile.latents, Float64Array.from(await outputs.data<'float32'>()))
  tf.dispose([x, outputs])
  const tau = await model.temperature()
  descent.dispose()
  model.dispose()
  const components = profile.latents
  const { sources } = unmix(code, { components, seed, ...(space === 'convex' ? { principal: components } : {}) })
  const truth = held.map(({ zx }) => zx)
  const r2 = linearR2(rowsOf(code), truth).r2 ?? NaN
  const mcc = meanCorrelation(rowsOf(sources), truth, 'pearson')
  return { key, r2, mcc, loss, tau, seconds: seconds(), steps }
}

await openEngine('wasm', { threads })
const rows: string[] = []
for (const space of ['sphere', 'convex'] as const)
  for (const [at, conditional] of (Object.keys(conditionals[space]) as Conditional[]).entries()) {
    if (options.only?.split(',').includes(`${space}/${conditional}`) === false) continue
    const outcomes: Outcome[] = []
    for (let seed = 1; seed <= seeds; seed++) {
      const key = `${options.profile}/${privates}/${steps}/${space}/${conditional}/${seed}`
      const known = finished.find((one) => one.key === key)
      const one = known ?? (await run(space, conditional, seed))
      if (known === undefined) {
        appendFileSync(options.out, `${JSON.stringify(one)}\n`)
        rmSync(`${options.out}.checkpoint`, { force: true })
      }
      outcomes.push(one)
    }
    const told = (name: 'r2' | 'mcc'): string => {
      const values = outcomes.map((one) => 100 * one[name])
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
      return `${mean.toFixed(1)} +- ${sd.toFixed(1)}`
    }
    const time = outcomes.reduce((sum, { seconds }) => sum + seconds, 0) / outcomes.length
    const paper = published[space][at === 0 ? 'met' : 'violated']
    rows.push(`| ${space} | ${conditional} | ${told('r2')} | ${told('mcc')} | ${paper} | ${time.toFixed(0)} |`)
  }
console.log(
  ['| space | conditional | R2 | MCC | published | s a run |', '| --- | --- | --- | --- | --- | --- |', ...rows].join(
    '\n',
  ),
)
