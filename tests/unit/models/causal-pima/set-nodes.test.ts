import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../../../../src-main/compute/engine.ts'
import { type Batch, CausalPimaModel } from '../../../../src-main/models/causal-pima/model.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'

const categories = [2, 3]
const outcomes = 6
const temperature = 0.3
/** None, the first, both. */
const regimes = [[], [0], [0, 1]]
const latent = 2

let model: CausalPimaModel
/** P_l, [L][C] */
let tables: number[][]
beforeAll(async () => {
  await openEngine('cpu')
  model = new CausalPimaModel(
    {
      ...{ modalities: [], categories, latent, likelihoodWeights: [], noise: 'optimal', experts: [] },
      ...{ responsibilities: 'exact', constraints: null, regimes },
    },
    1,
  )
  const random = RandomStream.of(1, 'set nodes')
  model.parameters.get('dag/logits').assign(tf.tensor2d(random.normals(2 * outcomes), [2, outcomes]))
  model.parameters.get('dag/metric').assign(tf.tensor2d(random.normals(4), [2, 2]))
  tables = tf.tidy(() => model.nodeTables(model.edges(temperature)).arraySync())
})

/** Samples of a table: each of one outcome, under one regime. */
function batchOf(samples: readonly { readonly outcome: number; readonly regime: number }[]): Batch {
  const known = samples.map(({ outcome }) => Array.from({ length: outcomes }, (_, a) => (a === outcome ? 0 : -1e9)))
  const regime = samples.map((one) => regimes.map((_, r) => Number(r === one.regime)))
  return {
    ...{ rows: samples.length, x: [], fusion: null, present: null, noise: tf.zeros([samples.length, latent]) },
    ...{ known: tf.tensor2d(known), regime: tf.tensor2d(regime) },
  }
}

const logP = (outcome: number, set: readonly number[]): number =>
  tables.reduce((sum, table, l) => (set.includes(l) ? sum : sum + Math.log(table[outcome]!)), 0)

describe('samples in which a node was set', () => {
  it('tell in the ELBO what is left of p(a) without its term', () => {
    const samples = [0, 1, 2].flatMap((regime) =>
      Array.from({ length: outcomes }, (_, outcome) => ({ outcome, regime })),
    )
    const expected = samples.map(({ outcome, regime }) => logP(outcome, regimes[regime]!))
    const mean = expected.reduce((sum, value) => sum + value, 0) / samples.length
    const terms = tf.tidy(() => model.terms(batchOf(samples), 'joint', temperature).arraySync())
    expect(terms[0]).toBeCloseTo(mean, 4)
    expect(logP(0, [0, 1])).toBe(0)
  })

  it('teach the table of a set node nothing, and the others as ever', () => {
    const gradientOf = (regime: number): number[][] =>
      tf.tidy(() => {
        const batch = batchOf([
          { outcome: 1, regime },
          { outcome: 5, regime },
        ])
        const { gradients } = model.jointObjective(batch, { temperature, lambda: 0 })
        return gradients['dag/logits']!.arraySync() as number[][]
      })
    const size = (row: readonly number[]): number => Math.max(...row.map(Math.abs))
    const [free, cut, none] = [gradientOf(0), gradientOf(1), gradientOf(2)]
    expect(free.map(size).every((most) => most > 1e-3)).toBe(true)
    expect(size(cut[0]!)).toBeLessThan(1e-6)
    cut[1]!.forEach((value, a) => expect(value).toBeCloseTo(free[1]![a]!, 5))
    expect(none.map(size).every((most) => most < 1e-6)).toBe(true)
  })

  it('have the evidence of their clusters without its term as well', () => {
    const difference = tf.tidy(() => {
      const batch = batchOf([{ outcome: 0, regime: 1 }])
      const posterior = { mean: tf.tensor2d([[0.3, -0.2]]), logVar: tf.tensor2d([[-1, -2]]) }
      const { logJoint, byRegime } = model.jointDistribution(temperature)
      const seen = { ...batch, known: null }
      return tf
        .sub(
          model.evidence(seen, posterior, logJoint, byRegime),
          model.evidence({ ...seen, regime: null }, posterior, logJoint, byRegime),
        )
        .arraySync() as number[][]
    })
    difference[0]!.forEach((value, a) => expect(value).toBeCloseTo(-Math.log(tables[0]![a]!), 4))
  })
})
