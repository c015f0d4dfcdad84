import { describe, expect, it } from 'vitest'
import { barWidths, barGap, nodeBox, shortened } from '../../../../src-renderer/graph/node-box.ts'

const measure = (text: string): number => text.length * 6

describe('barWidths', () => {
  it('are in proportion and fill the width with their gaps', () => {
    expect(barWidths([0.5, 0.25, 0.25], 100 + 2 * barGap)).toEqual([50, 25, 25])
  })

  it('show even an empty category as a sliver', () => {
    const widths = barWidths([1, 0, 0], 100)
    expect(Math.min(...widths)).toBe(3)
    expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(100 - 2 * barGap)
  })

  it('are alike while shares are not known', () => {
    expect(barWidths([null, null], 50 + barGap)).toEqual([25, 25])
    expect(barWidths([0, 0], 50 + barGap)).toEqual([25, 25])
  })
})

describe('shortened', () => {
  it('cuts a text to what fits', () => {
    expect(shortened('medium', 40, measure)).toBe('medium')
    expect(shortened('medium', 30, measure)).toBe('medi…')
    expect(shortened('medium', 5, measure)).toBe('')
  })
})

describe('nodeBox', () => {
  const node = (name: string, names: readonly string[]) => ({
    node: 0,
    name,
    pinned: false,
    standing: 'provisional' as const,
    categories: names.map((category) => ({ name: category, share: 1 / names.length })),
  })

  it('grows with its name up to a limit', () => {
    expect(nodeBox(node('A', ['0', '1']), measure).width).toBe(116)
    expect(nodeBox(node('A rather long name', ['0', '1']), measure).width).toBeGreaterThan(116)
    expect(nodeBox(node('n'.repeat(200), ['0', '1']), measure).width).toBe(220)
  })

  it('keeps its bars within itself, and leaves names out when there are many', () => {
    const many = Array.from({ length: 12 }, (_, k) => `category ${k}`)
    const { parts, width } = nodeBox(node('A', many), measure)
    const last = parts.at(-1)!
    expect(last.x + last.width).toBeLessThanOrEqual(width)
    expect(parts.every(({ label }) => label === '')).toBe(true)
  })
})
