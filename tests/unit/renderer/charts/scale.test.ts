import { describe, expect, it } from 'vitest'
import { linear, padded, path, ticks } from '../../../../src-renderer/charts/scale.ts'

describe('ticks', () => {
  it('are round numbers within the range', () => {
    expect(ticks([0, 10], 4)).toEqual([0, 5, 10])
    expect(ticks([-0.31, 0.29], 3)).toEqual([-0.2, 0, 0.2])
    expect(ticks([3, 3])).toEqual([3])
  })
})

describe('padded', () => {
  it('leaves room, and makes a range of a single value', () => {
    expect(padded([0, 10], 0.1)).toEqual([-1, 11])
    expect(padded([0, 0])).toEqual([-1, 1])
    expect(padded([5, 5])).toEqual([4.5, 5.5])
  })
})

describe('path', () => {
  it('breaks where a value is missing', () => {
    const same = (v: number): number => v
    expect(path([0, 1, 2, 3], [1, 2, NaN, 4], same, same)).toBe('M0.00,1.00L1.00,2.00M3.00,4.00')
  })

  it('is drawn by a scale from values to places', () => {
    expect(linear([0, 10], [100, 0])(2.5)).toBe(75)
    expect(linear([4, 4], [100, 0])(4)).toBe(100)
  })
})
