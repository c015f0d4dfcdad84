import { describe, expect, it } from 'vitest'
import type { Reading } from '../../../../../src-main/models/causal-pima/mixture/readings.ts'
import {
  cautionsOf,
  earlierIsBetter,
  keptOf,
} from '../../../../../src-main/models/causal-pima/mixture/settled-reading.ts'

function reading(cost: number, nullP: number | null, over: Partial<Reading> = {}): Reading {
  const evidence = nullP === null ? null : { nullP, margin: 0.1, probability: 0.9, reliable: true, modalities: [] }
  return {
    ...{ memberships: new Float32Array(4), gap: 5, blur: 0, cost, misfit: null, description: 'clusters' },
    ...{ guides: false, structured: true, completed: false },
    assignment: { chosen: { order: [0, 1], residual: cost }, rivals: [], evidence } as unknown as Reading['assignment'],
    ...over,
  }
}

describe('of two pre-trainings', () => {
  it('the one whose names chance gives less often is kept, else the one that costs less', () => {
    expect(earlierIsBetter(reading(0.9, 0.01), reading(0.5, 0.4))).toBe(true)
    expect(earlierIsBetter(reading(0.5, 0.4), reading(0.9, 0.01))).toBe(false)
    expect(earlierIsBetter(reading(0.5, 0.01), reading(0.9, 0.01))).toBe(true)
    expect(earlierIsBetter(reading(0.5, null), reading(0.9, 0.01))).toBe(true)
    expect(earlierIsBetter(reading(0.9, null), reading(0.5, 0.01))).toBe(false)
    expect(earlierIsBetter(reading(0.5, 0.01), reading(0.5, 0.01))).toBe(false)
  })

  it('the best of several is kept, in whatever order they come', () => {
    const better = (kept: Reading | null, later: Reading): Reading => (earlierIsBetter(kept, later) ? kept! : later)
    for (const nulls of [
      [0.4, 0.01, 0.2],
      [null, null, null],
    ]) {
      const readings = [0.7, 0.9, 0.5].map((cost, i) => reading(cost, nulls[i]!))
      const best = readings[nulls[0] === null ? 2 : 1]
      const orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] // prettier-ignore
      for (const order of orders) expect(order.map((i) => readings[i]!).reduce<Reading | null>(better, null)).toBe(best)
    }
  })

  it('what speaks against the one that is kept is said of it, not of the other', () => {
    const doubtful = keptOf(reading(0.5, 0.3, { gap: 0.8, misfit: 'No names stand out' }))
    const clear = keptOf(reading(0.5, 0.01))
    expect(cautionsOf(clear)).toEqual([])
    const [names, clusters] = cautionsOf(doubtful)
    expect(names).toBe("No names stand out; take the nodes' meaning with caution.")
    expect(clusters).toContain('do not stand apart clearly (gap 0.80;')
    expect(cautionsOf({ gap: null, misfit: null })).toEqual([])
  })
})
