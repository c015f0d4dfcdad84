import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { openEngine } from '../../../../src-main/compute/engine.ts'
import { isBetterEpoch } from '../../../../src-main/models/causal-pima/best-epoch.ts'
import { expectation } from '../../../../src-main/models/causal-pima/full-pass.ts'
import { CausalPimaModel } from '../../../../src-main/models/causal-pima/model.ts'
import { TrainingData } from '../../../../src-main/models/causal-pima/training-data.ts'
import { causalPimaConfigSchema } from '../../../../src-shared/methods/causal-pima/config.ts'
import { thresholds } from '../../../../src-shared/methods/causal-pima/thresholds.ts'
import { smallDataset } from '../../project/project-folder.ts'

const outcomes = 4
const nodes = ['a', 'b'].map((name) => ({ name, categories: 2, anchor: null }))

function guided(open: number): TrainingData {
  const data = new TrainingData(smallDataset(40), v.parse(causalPimaConfigSchema, { nodes }), 1)
  const memberships = Float32Array.from({ length: data.training.length * outcomes }, (_, at) =>
    Math.floor(at / outcomes) % outcomes === at % outcomes ? 1 - open * (outcomes - 1) : open,
  )
  data.guideBy(memberships)
  return data
}

describe('what guides the joint phase', () => {
  it('counts nothing where there is none, and is then held', () => {
    const data = guided(0)
    data.guideBy(null)
    expect(data.guidance(1)).toBe(0)
    expect(data.guidance(64)).toBe(0)
    expect(data.guideHeld).toBe(1)
    expect(data.training.every((row) => data.guidedTo(row) === -1)).toBe(true)
  })

  it('counts more the longer it is not held, up to a bound', () => {
    const data = guided(0)
    const { guidance, guidanceGrowth } = thresholds
    expect(data.guidance(1)).toBeCloseTo(guidance, 6)
    expect(data.guidance(4)).toBeCloseTo(4 * guidance, 6)
    expect(data.guidance(64)).toBeCloseTo(guidanceGrowth * guidance, 6)
    expect(data.guideHeld).toBe(thresholds.guideHeld)
    data.training.forEach((row, i) => expect(data.guidedTo(row)).toBe(i % outcomes))
  })

  it('does not count more where its clusters overlap, of which fewer need be held', () => {
    const data = guided(0.01)
    expect(data.guidance(1)).toBeLessThan(0.1 * thresholds.guidance)
    expect(data.guidance(64)).toBe(data.guidance(1))
    expect(data.guideHeld).toBeLessThan(0.9)
  })

  it('is held by as many samples as the model puts where the guide does without being told', async () => {
    await openEngine('cpu')
    const data = guided(0)
    const rows = data.training
    const [latent, astray] = [2, 9]
    const model = new CausalPimaModel(
      {
        ...{ modalities: data.modalities, categories: [2, 2], latent, likelihoodWeights: [1], noise: 'optimal' },
        ...{ experts: [], responsibilities: 'exact', constraints: null, regimes: null },
      },
      1,
    )
    const places = [-1, -1, -1, 1, 1, -1, 1, 1]
    const mixture = { components: outcomes, latent, mean: Float64Array.from(places), variance: new Float64Array(outcomes * latent).fill(1) } // prettier-ignore
    // The first few lie one outcome further.
    const outcomeOf = (i: number): number => (i < astray ? i + 1 : i) % outcomes
    const mean = Float32Array.from({ length: rows.length * latent }, (_, at) => places[outcomeOf(Math.floor(at / latent)) * latent + (at % latent)]!) // prettier-ignore
    const posteriors = { rows: rows.length, mean, logVar: new Float32Array(mean.length).fill(-4), latent }
    const priors = { logJoint: new Float64Array(outcomes).fill(-Math.log(outcomes)), byRegime: null }
    const look = () => expectation(model, data, rows, posteriors, mixture, priors, true)
    const told = await look()
    expect(told.held).toBeCloseTo(1 - astray / rows.length, 9)
    // What it is told counts nevertheless.
    rows.forEach((_, i) => expect(told.responsibilities![i * outcomes + (i % outcomes)]).toBeGreaterThan(0.9))
    data.guideBy(null)
    expect((await look()).held).toBe(1)
    model.dispose()
  })

  it('is held by the model that is the result, where any held it; the ELBO decides among these', () => {
    const [better, holds, elbo] = [
      { score: 20, held: 0.999 },
      { score: 10, held: 0.996 },
      { score: 90, held: 0.9 },
    ]
    expect(isBetterEpoch(holds, elbo, 0.995)).toBe(true)
    expect(isBetterEpoch(elbo, holds, 0.995)).toBe(false)
    expect(isBetterEpoch(better, holds, 0.995)).toBe(true)
    expect(isBetterEpoch({ score: 30, held: 0.995 }, better, 0.995)).toBe(true)
    expect(isBetterEpoch({ score: 1, held: 0.95 }, elbo, 0.995)).toBe(true)
    expect(isBetterEpoch(elbo, elbo, 0.995)).toBe(false)
  })
})
