import { describe, expect, it } from 'vitest'
import { asTable, beyond, curveWords, robustRange, smoothed } from '../../../../src-renderer/charts/curve-values.ts'

describe('values of curves', () => {
  it('smooths from the first value on and leaves gaps', () => {
    expect(smoothed([0, null, 10, 10], 0.5)).toEqual([0, null, 5, 7.5])
    expect(smoothed([3, 4], 0)).toEqual([3, 4])
  })

  it('leaves one value out that would flatten all others, and counts it', () => {
    const curve = [...Array.from({ length: 40 }, (_, i) => i), 7e16]
    const range = robustRange([curve])
    expect(range).toEqual([0, 39])
    expect(beyond([curve], range!)).toBe(1)
  })

  it('keeps every value of an ordinary course, of a few values, and of a constant with one change', () => {
    expect(robustRange([[-300, -100, 0, 50, 80, 90, 95, 97, 98, 99]])).toEqual([-300, 99])
    expect(robustRange([[1, 2, 1e9]])).toEqual([1, 1e9])
    expect(robustRange([Array.from({ length: 30 }, () => 5)])).toEqual([5, 5])
    expect(robustRange([[null]])).toBeNull()
  })

  it('writes a table for a spreadsheet', () => {
    expect(asTable('epoch', [1, 2], [{ label: 'ELBO', values: [3, null] }])).toBe('epoch\tELBO\n1\t3\n2\t')
  })

  it('tells a curve in words', () => {
    expect(curveWords([1, 2, 3], { label: 'ELBO', values: [1, 9, 4] }, String)).toBe(
      'ELBO: from 1 to 4; highest 9 at 2, lowest 1 at 1.',
    )
    expect(curveWords([], { label: 'ELBO', values: [] }, String)).toBe('ELBO: no values yet.')
  })
})
