import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { determines, together } from '../../../src-main/statistics/view-division.ts'

describe('a division', () => {
  const division = fc
    .integer({ min: 1, max: 4 })
    .chain((clusters) =>
      fc
        .array(fc.integer({ min: 0, max: clusters - 1 }), { minLength: 30, maxLength: 30 })
        .map((labels) => ({ clusters, labels: Int32Array.from(labels) })),
    )

  it('determines itself, and with another it determines both', () => {
    fc.assert(
      fc.property(division, division, (a, b) => {
        expect(determines(a, a)).toBe(true)
        const both = together(a, b)
        expect(determines(both, a)).toBe(true)
        expect(determines(both, b)).toBe(true)
      }),
    )
  })

  it('says nothing of one that crosses it', () => {
    const of = (code: (i: number) => number) => ({
      clusters: 2,
      labels: Int32Array.from({ length: 100 }, (_, i) => code(i)),
    })
    const [a, b] = [of((i) => i % 2), of((i) => (i >> 1) % 2)]
    expect(determines(a, b)).toBe(false)
    // Samples that one lacks count for neither.
    expect(determines({ ...b, labels: b.labels.map((label, i) => (i < 50 ? label : -1)) }, b)).toBe(true)
  })
})
