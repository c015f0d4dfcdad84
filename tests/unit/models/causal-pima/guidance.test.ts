import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../../../../src-main/compute/engine.ts'
import { type Batch, CausalPimaModel } from '../../../../src-main/models/causal-pima/model.ts'
import type { Modality } from '../../../../src-shared/domain/dataset.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'

const [rows, size, latent, outcomes] = [6, 3, 2, 4]
const options = { temperature: 0.3, lambda: 0.01 }
const modalities = ['one', 'other'].map((name): Modality => ({
  ...{ name, kind: 'vector', shape: [size], present: rows, source: `${name}.csv` },
  scaling: { offset: [0, 0, 0], scale: [1, 1, 1] },
}))

let model: CausalPimaModel
beforeAll(async () => {
  await openEngine('cpu')
  model = new CausalPimaModel(
    {
      ...{ modalities, categories: [2, 2], latent, likelihoodWeights: [1, 1], noise: 'optimal', experts: [] },
      ...{ responsibilities: 'exact', constraints: null, regimes: null },
    },
    1,
  )
  const random = RandomStream.of(2, 'mixture')
  model.setMixture({
    ...{ components: outcomes, latent },
    mean: Float64Array.from(random.normals(outcomes * latent)),
    variance: new Float64Array(outcomes * latent).fill(0.5),
  })
})

/** @param fused which modalities enter, of every row */
function batchOf(fused: readonly [number, number]): Batch {
  const random = RandomStream.of(3, 'batch')
  const log = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: outcomes }, (__, a) => Math.log(a === i % outcomes ? 0.9 : 0.1 / 3)),
  )
  return {
    ...{ rows, present: null, regime: null, noise: tf.zeros([rows, latent]) },
    x: modalities.map(() => tf.tensor2d(random.normals(rows * size), [rows, size])),
    fusion: tf.tensor2d(Array.from({ length: rows }, () => [...fused])),
    known: tf.tensor2d(log),
  }
}

function gradientsOf(batch: Batch, guidance: number): ReadonlyMap<string, Float32Array> {
  const { gradients, terms } = model.jointObjective(batch, { ...options, guidance })
  const values = Object.entries(gradients).map(([name, gradient]) => [name, gradient.dataSync<'float32'>()] as const)
  tf.dispose([gradients, terms])
  return new Map(values)
}

/** Mean log probability of what is known, by the model's evidence. */
function meanLogTold(batch: Batch): number {
  return tf.tidy(() => {
    const { logJoint } = model.jointDistribution(options.temperature)
    const open = model.evidence({ ...batch, known: null }, model.posterior(batch), logJoint)
    const told = tf.sub(tf.logSumExp(tf.add(open, batch.known!), 1), tf.logSumExp(open, 1))
    return tf.mean(told).dataSync<'float32'>()[0]!
  })
}

describe('what modalities alone tell of a sample', () => {
  it('is a classification that the encoders learn besides the ELBO, and nothing else does', () => {
    const batch = batchOf([1, 1])
    const [without, withIt] = [gradientsOf(batch, 0), gradientsOf(batch, 5)]
    let most = 0
    for (const [name, before] of without)
      withIt.get(name)!.forEach((value, at) => {
        if (name.startsWith('encoder/')) most = Math.max(most, Math.abs(value - before[at]!))
        else expect(value).toBeCloseTo(before[at]!, 5)
      })
    expect(most).toBeGreaterThan(0.01)
  })

  it('has the gradient of its mean log probability', () => {
    const batch = batchOf([1, 1])
    const [without, withIt] = [gradientsOf(batch, 0), gradientsOf(batch, 5)]
    const step = 1e-2
    let compared = 0
    for (const [name, variable] of model.parameters.entries('encoder/')) {
      const at = variable.size >> 1
      const before = variable.dataSync<'float32'>().slice()
      const moved = (by: number): number => {
        model.parameters.set(
          name,
          before.map((value, i) => (i === at ? value + by : value)),
        )
        return meanLogTold(batch)
      }
      const slope = (moved(step) - moved(-step)) / (2 * step)
      model.parameters.set(name, before)
      const gained = (without.get(name)![at]! - withIt.get(name)![at]!) / 5
      expect(gained).toBeCloseTo(slope, 2)
      if (Math.abs(slope) > 0.01) compared++
    }
    expect(compared).toBeGreaterThan(2)
  })

  it('is not asked of a sample that lost a modality to dropout', () => {
    const batch = batchOf([1, 0])
    const [without, withIt] = [gradientsOf(batch, 0), gradientsOf(batch, 5)]
    for (const [name, before] of without)
      withIt.get(name)!.forEach((value, at) => expect(value).toBeCloseTo(before[at]!, 6))
  })
})
