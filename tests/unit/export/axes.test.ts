import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axisLabel, axisNumber, ticks } from '../../../src-main/export/report/axes.ts'

describe('axes', () => {
  it('have round ticks inside the range', () => {
    expect(ticks(0, 10, 5)).toEqual([0, 2, 4, 6, 8, 10])
    expect(ticks(-8, 197, 2)).toEqual([0, 100])
    expect(ticks(0.1, 0.45, 4)).toEqual([0.1, 0.2, 0.3, 0.4])
    expect(ticks(5, 5, 4)).toEqual([5])
  })

  it('have at least one tick and few, whatever the range', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })
    fc.assert(
      fc.property(finite, fc.double({ noNaN: true, min: 1e-6, max: 1e9 }), (low, span) => {
        const found = ticks(low, low + span, 4)
        expect(found.length).toBeGreaterThan(0)
        expect(found.length).toBeLessThanOrEqual(5)
      }),
      { seed: 3 },
    )
  })

  it('write numbers short and units in brackets', () => {
    expect(axisNumber(-1_500_000)).toBe('−1.5e6')
    expect(axisNumber(0.00002)).toBe('2e−5')
    expect(axisNumber(1250)).toBe('1250')
    expect(axisLabel('strain', '%')).toBe('strain (%)')
    expect(axisLabel('strain', undefined)).toBe('strain')
  })
})
