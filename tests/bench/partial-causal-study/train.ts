/** One run of the study: fresh samples in every batch, and what its outputs tell of the latents on samples of their own. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { deserialize, serialize } from 'node:v8'
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import {
  conditionals,
  type CoupledDesign,
  coupledSampler,
  type CoupledSample,
  measuredSize,
} from '../../../src-main/datasets/synthetic/coupled/coupled-latents.ts'
import { linearR2, meanCorrelation } from '../../../src-main/evaluation/representation.ts'
import type { DescentState } from '../../../src-main/models/nn/descent.ts'
import type { StoredArray } from '../../../src-main/models/nn/parameters.ts'
import { openDescent } from '../../../src-main/models/partial-causal/descent.ts'
import { PartialCausalModel } from '../../../src-main/models/partial-causal/model.ts'
import { cosineRate } from '../../../src-main/models/nn/cosine-rate.ts'
import { realMatrix, rowsOf } from '../../../src-main/statistics/linear-algebra/real-matrix.ts'
import { unmix } from '../../../src-main/statistics/unmixing/unmix.ts'
import { learningRateOf, partialCausalConfig } from '../../../src-shared/methods/partial-causal/config.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { keyOf, type Outcome, profiles, type Run } from './cases.ts'

const standardRows = 4000
const evaluated = 4000
/** A run that is stopped loses no more than this. */
const secondsBetweenCheckpoints = 30

/** What a stopped run goes on from. */
interface Checkpoint {
  readonly key: string
  readonly step: number
  readonly seconds: number
  readonly parameters: Readonly<Record<string, StoredArray>>
  readonly descent: DescentState
}

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

/** Seconds a step, as the clock and as all threads' processors have it, and the most memory held, for plans of long runs. */
function spent(steps: number, seconds: number, since: NodeJS.CpuUsage): string {
  const { user, system } = process.cpuUsage(since)
  const processor = (user + system) / 1e6
  const memory = process.resourceUsage().maxRSS / 1024
  return `${seconds.toFixed(0)} s, ${(seconds / steps).toFixed(3)} s a step (processors ${(processor / steps).toFixed(3)}), ${memory.toFixed(0)} MiB`
}

/** @param file the run's checkpoint; gone when the run is done */
export async function train(run: Run, threads: number, file: string): Promise<Outcome> {
  const { privates, steps, space, conditional, seed } = run
  const key = keyOf(run)
  const profile = profiles[run.profile]
  const spread = conditionals[space][conditional]!
  const design: CoupledDesign = { space, latents: profile.latents, privates, conditional, spread }
  const config = v.parse(partialCausalConfig, {
    geometry: space === 'sphere' ? 'sphere' : 'box',
    latent: { size: profile.latents },
    networks: { hidden: profile.hidden.map((width) => width * profile.latents) },
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
  const stored = existsSync(file) ? (deserialize(readFileSync(file)) as Checkpoint) : null
  let [step, before] = [0, 0]
  if (stored?.key === key) {
    model.parameters.write(stored.parameters)
    descent.write(stored.descent)
    ;[step, before] = [stored.step, stored.seconds]
    console.error(`${key}: goes on from step ${step}`)
  }
  const from = step
  descent.parametersChanged()
  const [start, processors] = [performance.now(), process.cpuUsage()]
  const seconds = (): number => before + (performance.now() - start) / 1000
  let loss = NaN
  let saved = seconds()
  for (; step < steps; step++) {
    if (seconds() - saved > secondsBetweenCheckpoints) {
      saved = seconds()
      const parts = { parameters: await model.parameters.read(), descent: await descent.read() }
      writeFileSync(`${file}.part`, serialize({ key, step, seconds: saved, ...parts } satisfies Checkpoint))
      renameSync(`${file}.part`, file)
      console.error(
        `${key}: step ${step} of ${steps}, loss ${loss.toFixed(3)}, ${spent(step - from, saved - before, processors)}`,
      )
      // Signals and a parent that is gone are heard between macrotasks alone.
      await setImmediate()
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
  rmSync(file, { force: true })
  return { key, r2, mcc, loss, tau, seconds: seconds(), steps }
}
