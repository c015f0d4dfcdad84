import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../../../../../src-main/compute/engine.ts'
import { Expert, type ExpertConfig } from '../../../../../src-main/models/causal-pima/experts/experts.ts'
import { Parameters } from '../../../../../src-main/models/nn/parameters.ts'
import { RandomStream } from '../../../../../src-shared/random/stream.ts'

const components = 3
const grid = Array.from({ length: 21 }, (_, i) => i / 5)
const nudge = 1e-2

const kinds = ['line', 'elastic-plastic', 'exponential-decay', 'power-law', 'damped-oscillation'] as const
const formulas = [
  'a * exp(-k * t)',
  'a * log(1 + square(k) * t)',
  'a * sqrt(square(k) + t)',
  'a * sin(k * t) + cos(b * t)',
  'a * tanh(k * t)',
  'abs(a * t - k - 2)',
  'a * (t + 1) ^ k',
  'a * t / (square(k) + t)',
]
const laws: readonly ExpertConfig[] = [
  ...kinds.map((kind) => ({ modality: 'curves', kind })),
  ...formulas.map((formula) => ({ modality: 'curves', kind: 'formula' as const, formula })),
]

/** Squared distance of an expert's curves from a curve that it is not. */
function distance(expert: Expert): tf.Scalar {
  const target = tf.tensor2d([grid.map((x) => 0.3 + 0.2 * x)])
  return tf.sum(tf.square(tf.sub(expert.curves(), target)))
}

describe.each(['cpu', 'wasm'] as const)('the laws of experts on %s', (engine) => {
  beforeAll(() => openEngine(engine))
  afterAll(() => openEngine('cpu'))

  it.each(laws.map((law) => [law.formula ?? law.kind, law] as const))('%s can be trained', (_, law) => {
    const parameters = new Parameters()
    const expert = new Expert(law, parameters, RandomStream.of(4, 'laws'), grid, 0.1, components)
    const gradients = tf.variableGrads(() => distance(expert)).grads
    const learnt = parameters.entries().filter(([name]) => !name.endsWith('logVar'))
    expect(learnt.length).toBeGreaterThan(0)
    for (const [name, variable] of learnt) {
      const values = Float32Array.from(variable.dataSync())
      const gradient = gradients[variable.name]!.dataSync()
      expect(gradient).toHaveLength(components)
      for (let a = 0; a < components; a++) {
        const [more, less] = [nudge, -nudge].map((by) => {
          const moved = values.with(a, values[a]! + by)
          parameters.set(name, moved)
          return tf.tidy(() => distance(expert).dataSync()[0]!)
        })
        parameters.set(name, values)
        const slope = (more! - less!) / (2 * nudge)
        expect(Math.abs(gradient[a]! - slope), name).toBeLessThan(0.05 * Math.abs(slope) + 0.05)
      }
    }
    expert.dispose()
  })
})
