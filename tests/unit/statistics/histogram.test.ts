import { describe, expect, it } from 'vitest'
import { histogram } from '../../../src-main/statistics/histogram.ts'

describe('a histogram', () => {
  it('counts every finite value once, the greatest in the last bin', () => {
    const { edges, counts } = histogram([0, 1, 2, 3, Number.NaN, Infinity, 4])
    expect(edges[0]).toBe(0)
    expect(edges.at(-1)).toBe(4)
    expect(edges).toHaveLength(counts.length + 1)
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(5)
    expect(counts.at(-1)).toBe(1)
  })

  it('has one bin where all values are equal, and none without values', () => {
    expect(histogram([7, 7])).toEqual({ edges: [7, 7], counts: [2] })
    expect(histogram([Number.NaN])).toEqual({ edges: [], counts: [] })
  })
})
