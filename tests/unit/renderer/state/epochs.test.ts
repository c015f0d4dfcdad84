import { describe, expect, it } from 'vitest'
import { type Epoch, joinEpochs } from '../../../../src-renderer/state/epochs.ts'

const epoch = (n: number, score = 0): Epoch => ({
  epoch: n,
  phase: 'joint',
  step: n,
  seconds: n,
  score,
  validationScore: null,
  terms: {},
  figures: { temperature: 1, learningRate: 1e-3, klWeight: 1 },
  edges: null,
})

describe('joinEpochs', () => {
  it('appends what is new', () => {
    expect(joinEpochs([epoch(0), epoch(1)], [epoch(2)]).map((e) => e.epoch)).toEqual([0, 1, 2])
    const before = [epoch(0)]
    expect(joinEpochs(before, [])).toBe(before)
  })

  it('forgets what a resumed run trains again', () => {
    const joined = joinEpochs([epoch(0), epoch(1, 1), epoch(2, 1)], [epoch(1, 5)])
    expect(joined.map((e) => [e.epoch, e.score])).toEqual([
      [0, 0],
      [1, 5],
    ])
  })
})
