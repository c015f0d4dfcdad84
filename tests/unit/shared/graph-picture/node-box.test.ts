import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barGap, barWidths, nodeBox } from '../../../../src-shared/graph-picture/node-box.ts'

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

describe('nodeBox', () => {
  const node = (name: string, names: readonly string[]) => ({
    node: 0,
    name,
    standing: 'provisional' as const,
    categories: names.map((category) => ({ name: category, share: 1 / names.length })),
  })

  it('grows with its name up to a limit, at which the name is cut', () => {
    expect(nodeBox(node('A', ['0', '1'])).width).toBe(116)
    expect(nodeBox(node('A rather long name', ['0', '1'])).width).toBeGreaterThan(116)
    const { width, name } = nodeBox(node('n'.repeat(200), ['0', '1']))
    expect(width).toBeLessThanOrEqual(248)
    expect(name).toMatch(/^n+…$/)
  })

  it('names categories under their bars where there is room, else in lines with a mark', () => {
    const short = nodeBox(node('A', ['thin', 'thick']))
    expect(short.under).toBe(true)
    expect(short.labels.map(({ text }) => text)).toEqual(['thin', 'thick'])
    const long = nodeBox(node('A', ['a lattice of octets', 'a gyroid of sheets', 'a simple cubic lattice']))
    expect(long.under).toBe(false)
    expect(long.height).toBeGreaterThan(short.height)
    expect(long.labels.map(({ category }) => category)).toEqual([0, 1, 2])
  })

  it('says how many names it leaves out', () => {
    const many = Array.from({ length: 20 }, (_, k) => `category ${k}`)
    expect(nodeBox(node('A', many)).labels.at(-1)).toMatchObject({ text: 'and 9 more', category: null })
  })

  it('keeps bars and words within itself', () => {
    const categories = fc.array(
      fc.record({ name: fc.string({ maxLength: 30 }), share: fc.option(fc.double({ min: 0, max: 1, noNaN: true })) }),
      { minLength: 1, maxLength: 20 },
    )
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), categories, (name, held) => {
        const { bars, labels, width, height } = nodeBox({ node: 0, name, standing: 'supported', categories: held })
        const last = bars.at(-1)!
        expect(bars).toHaveLength(held.length)
        expect(last.x + last.width).toBeLessThanOrEqual(width)
        for (const { x, baseline } of labels) {
          expect(x).toBeGreaterThanOrEqual(0)
          expect(x).toBeLessThanOrEqual(width)
          expect(baseline).toBeLessThan(height)
        }
      }),
    )
  })
})
