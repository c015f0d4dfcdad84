/** The partial causal model on several threads: every thread sees all outputs, so the loss is that of the whole batch. */
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../../../src-main/compute/engine.ts'
import { openDescent } from '../../../src-main/models/partial-causal/descent.ts'
import { PartialCausalModel } from '../../../src-main/models/partial-causal/model.ts'
import type { Modality } from '../../../src-shared/domain/dataset.ts'
import { partialCausalConfig } from '../../../src-shared/methods/partial-causal/config.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'

const width = 6
const modalities = ['x', 't', 'u'].map((name): Modality => ({
  ...{ name, kind: 'vector', shape: [width], scaling: { offset: [0], scale: [1] }, present: 1, source: '' },
}))

/** Losses of a few steps and log tau after them. */
async function descend(geometry: 'sphere' | 'box', threads: number): Promise<number[]> {
  const config = v.parse(partialCausalConfig, {
    ...{ geometry, latent: { size: 3 }, networks: { hidden: [12, 12] }, temperature: { start: 0.3, learnt: true } },
  })
  const model = new PartialCausalModel({ modalities, config }, 1)
  const descent = openDescent(model, 1, 51, threads)
  const random = RandomStream.of(1, 'threads')
  const seen: number[] = []
  descent.parametersChanged()
  for (let step = 0; step < 6; step++) {
    const shared = random.normals(51 * width)
    const x = modalities.map(() => shared.map((value) => value + 0.3 * random.normal()))
    const terms = await descent.step({ rows: 51, x }, () => 5e-3)
    seen.push(...(await terms.data<'float32'>()))
    terms.dispose()
  }
  seen.push(await model.temperature())
  descent.dispose()
  model.dispose()
  return seen
}

describe('the partial causal model on several threads', () => {
  beforeAll(() => openEngine('wasm'))

  it.each(['sphere', 'box'] as const)('comes to what one thread comes to, in the %s', async (geometry) => {
    const alone = await descend(geometry, 1)
    for (const threads of [2, 3]) {
      const together = await descend(geometry, threads)
      alone.forEach((value, i) => expect(together[i]! / value).toBeCloseTo(1, 3))
    }
    expect(tf.memory().numTensors).toBeLessThan(50)
  })
})
