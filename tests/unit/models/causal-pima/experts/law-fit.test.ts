import { beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../../../../../src-main/compute/engine.ts'
import { type CurvesOfLaw, lawFit } from '../../../../../src-main/models/causal-pima/experts/law-fit.ts'
import { breathless } from '../../../../../src-main/statistics/piecewise.ts'
import type { ExpertConfig } from '../../../../../src-main/models/causal-pima/experts/experts.ts'
import { RandomStream } from '../../../../../src-shared/random/stream.ts'

beforeAll(() => openEngine('cpu'))

const grid = Array.from({ length: 30 }, (_, j) => j / 6)
const decay: ExpertConfig = { modality: 'signal', kind: 'exponential-decay' }
const line: ExpertConfig = { modality: 'signal', kind: 'line' }

/** Decays of two rates, each sample a little beside its own; from an offset that scaling took away. */
function decays(noise: number, samples = 120): CurvesOfLaw {
  const random = RandomStream.of(1, 'law/test')
  const values = Float32Array.from(
    Array.from({ length: samples }, (_, i) => {
      const rate = (i % 2 === 0 ? 0.5 : 1.2) * Math.exp(0.1 * random.normal())
      return grid.map((t) => 0.8 * Math.exp(-rate * t) + noise * random.normal())
    }).flat(),
  )
  return { values, grid, offset: 0.1 }
}

async function ratio(config: ExpertConfig, curves: CurvesOfLaw): Promise<number> {
  const fit = await lawFit(config, curves, breathless)
  return fit!.error / fit!.free
}

describe('a law against free directions', () => {
  it('leaves no more where it is right, whatever the noise', async () => {
    for (const noise of [0.005, 0.3]) expect(await ratio(decay, decays(noise))).toBeLessThan(1.1)
    const formula: ExpertConfig = { modality: 'signal', kind: 'formula', formula: 'a*exp(-k*t)+b' }
    expect(await ratio(formula, decays(0.05))).toBeLessThan(1.1)
  })

  it('leaves several times as much where it is wrong', async () => {
    expect(await ratio(line, decays(0.005))).toBeGreaterThan(10)
    expect(await ratio(line, decays(0.05))).toBeGreaterThan(3)
  })

  it('is the same every time, and says nothing of few curves, few points or curves that do not vary, or a law without values', async () => {
    expect(await lawFit(line, decays(0.05), breathless)).toEqual(await lawFit(line, decays(0.05), breathless))
    expect(await lawFit(decay, decays(0.05, 30), breathless)).toBeNull()
    const short = { values: new Float32Array(400).fill(1), grid: [0, 1, 2, 3], offset: 0 }
    expect(await lawFit(decay, short, breathless)).toBeNull()
    const broken: ExpertConfig = { modality: 'signal', kind: 'formula', formula: 'a * log(0 - 1 - t)' }
    expect(await lawFit(broken, decays(0.05), breathless)).toBeNull()
    expect(await lawFit(line, { values: new Float32Array(3600).fill(1), grid, offset: 0 }, breathless)).toBeNull()
  })
})
