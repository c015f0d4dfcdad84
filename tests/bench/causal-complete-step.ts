/**
 * What the regulariser costs: a training step with all of its terms, with each alone, with none (the base, its risk measured)
 * and of the cross-entropy bare, on one thread.
 *
 *     npm run bench -- causal-complete-step [--batch 128] [--steps 60] [--classes 10]
 */
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import * as tf from '@tensorflow/tfjs-core'
import { openEngine } from '../../src-main/compute/engine.ts'
import { type BatchArrays, disposeBatch, tensorsOf } from '../../src-main/models/causal-complete/batch.ts'
import { openDescent } from '../../src-main/models/causal-complete/descent.ts'
import { CausalCompleteModel } from '../../src-main/models/causal-complete/model.ts'
import { logProbability } from '../../src-main/models/causal-complete/regulariser/classifier.ts'
import { Adam } from '../../src-main/models/nn/adam.ts'
import { sizeOf } from '../../src-main/datasets/dataset.ts'
import type { Modality } from '../../src-shared/domain/dataset.ts'
import { causalCompleteConfig } from '../../src-shared/methods/causal-complete/config.ts'
import { RandomStream } from '../../src-shared/random/stream.ts'

const { values: options } = parseArgs({
  options: {
    batch: { type: 'string', default: '128' },
    steps: { type: 'string', default: '60' },
    classes: { type: 'string', default: '10' },
  },
})
const [batch, steps, classes] = [options.batch, options.steps, options.classes].map(Number) as [number, number, number]

const modality = (name: string, kind: Modality['kind'], shape: readonly number[]): Modality => ({
  ...{ name, kind, shape, scaling: { offset: [0], scale: [1] }, present: batch, source: '' },
})
const sets: Readonly<Record<string, readonly Modality[]>> = {
  'three vectors of 20': ['first', 'second', 'third'].map((name) => modality(name, 'vector', [20])),
  'image of 28 x 28 and curve of 13': [modality('image', 'image', [28, 28, 1]), modality('curve', 'curve', [13])],
}
const off = { necessity: false, instrument: false, feasibility: false }
const forms: Readonly<Record<string, object>> = {
  all: {},
  necessity: { terms: { ...off, necessity: true } },
  instrument: { terms: { ...off, instrument: true } },
  feasibility: { terms: { ...off, feasibility: true } },
  released: { profile: 'released' },
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}

await openEngine('wasm', { threads: 1 })
for (const [set, modalities] of Object.entries(sets)) {
  const random = RandomStream.of(1, set)
  const arrays: BatchArrays = {
    rows: batch,
    x: modalities.map(({ shape }) => Float32Array.from({ length: batch * sizeOf(shape) }, () => random.normal())),
    mask: null,
    fused: null,
    labels: Int32Array.from({ length: batch }, () => random.integer(classes)),
  }
  const open = (config: object, regularised: boolean) => {
    const parsed = v.parse(causalCompleteConfig, config)
    const model = new CausalCompleteModel({ modalities, classes, fused: null, config: parsed, regularised }, 1)
    return { model, descent: openDescent(model, 1, 1), seconds: [] as number[] }
  }
  const runs = new Map([
    ['base', open({}, false)],
    ...Object.entries(forms).map(([name, config]) => [name, open(config, true)] as const),
  ])
  // The bare base minimises the cross-entropy and measures no risk.
  const { model: bare, descent: unused } = open({}, false)
  const adam = new Adam()
  const bareSeconds: number[] = []
  const bareStep = async (): Promise<void> => {
    const tensors = tensorsOf(arrays, modalities, classes)
    const entries = bare.parameters.entries().filter(([name]) => !name.startsWith('instrument/'))
    const { value, grads } = tf.variableGrads(
      () => tf.neg(tf.mean(logProbability(bare.logits(bare.encode(tensors).representation), tensors.labels))),
      entries.map(([, variable]) => variable),
    )
    for (const [name, variable] of entries) adam.update(name, variable, grads[variable.name]!, 1e-3)
    await value.data()
    tf.dispose([value, ...Object.values(grads)])
    disposeBatch(tensors)
  }
  // In turn, so that whatever else the machine does meets all of them alike.
  for (let step = 0; step < steps + 10; step++) {
    const began = performance.now()
    await bareStep()
    if (step >= 10) bareSeconds.push((performance.now() - began) / 1000)
    for (const { descent, seconds } of runs.values()) {
      const started = performance.now()
      const terms = await descent.step(arrays, () => 1e-3)
      await terms.data()
      terms.dispose()
      if (step >= 10) seconds.push((performance.now() - started) / 1000)
    }
  }
  const base = median(bareSeconds)
  console.log(`${set}, batch ${batch}, ${classes} classes, median of ${steps} steps`)
  console.log(`  ${'bare'.padEnd(12)} ${(1000 * base).toFixed(2)} ms`)
  for (const [name, { seconds }] of runs)
    console.log(
      `  ${name.padEnd(12)} ${(1000 * median(seconds)).toFixed(2)} ms  ${(median(seconds) / base).toFixed(2)} x base`,
    )
  for (const { model, descent } of runs.values()) {
    descent.dispose()
    model.dispose()
  }
  adam.dispose()
  unused.dispose()
  bare.dispose()
}
