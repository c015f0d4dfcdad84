import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkedCurve, commonGrid, type Curve, resample } from '../../../src-main/importers/curves.ts'
import { FaultLog } from '../../../src-main/importers/faults.ts'

const curve = (x: readonly number[], y: readonly number[] = x): Curve => ({
  x: Float64Array.from(x),
  y: Float64Array.from(y),
})
const upTo = (end: number, points: number, slope = 1): Curve => {
  const x = Array.from({ length: points }, (_, i) => (end * i) / (points - 1))
  return curve(
    x,
    x.map((at) => slope * at),
  )
}

describe('a checked curve', () => {
  const fault = (x: readonly number[], y: readonly number[]): string | undefined => {
    const log = new FaultLog()
    checkedCurve(x, y, { file: 'c.csv', id: 's1', rowOf: (i) => i + 2, xField: 'x', yField: () => 'y' }, log)
    return log.refusal()?.message
  }

  it('is refused with its place and reason', () => {
    expect(fault([0, 1, 1], [1, 2, 3])).toBe(
      'c.csv, row 4, column x (sample s1): the grid is not sorted: 1 comes after 1.',
    )
    expect(fault([0, 2, 1], [1, 2, 3])).toMatch(/row 4.*1 comes after 2/)
    expect(fault([0], [1])).toMatch(/single point/)
    expect(fault([], [])).toMatch(/no point/)
    expect(fault([0, 1], [5, 5])).toMatch(/constant/)
    expect(fault([0, Number.NaN], [5, 6])).toMatch(/row 3, column x .* grid value is NaN/)
    expect(fault([0, 1], [5, Infinity])).toMatch(/row 3, column y .* value is Infinity/)
  })

  it('that descends throughout, as spectra do, is turned round', () => {
    const turned = checkedCurve([3, 2, 1], [10, 20, 30], { file: 'c.csv' }, new FaultLog())
    expect(turned).toEqual(curve([1, 2, 3], [30, 20, 10]))
  })
})

describe('the common grid', () => {
  it('is the grid that most curves have, unevenly spaced or not', () => {
    const psi = [0, 0.001, 0.01, 0.1, 1, 4]
    const grid = commonGrid([curve(psi), curve(psi), upTo(4, 9)], { shorten: false }, 'c')
    expect([...grid.grid]).toEqual(psi)
    expect(grid).toMatchObject({ short: [], resampled: true })
    expect(commonGrid([curve(psi), null, curve(psi)], { shorten: false }, 'c').resampled).toBe(false)
  })

  it('leaves out the few that are short, or shortens to what all share', () => {
    const curves = [...Array.from({ length: 9 }, () => upTo(0.1, 11)), upTo(0.083, 11)]
    expect(commonGrid(curves, { shorten: false }, 'c')).toMatchObject({ short: [9], shared: [0, 0.083] })
    const shared = commonGrid(curves, { shorten: true }, 'c')
    expect(shared.short).toEqual([])
    expect(shared.grid.at(-1)).toBeLessThanOrEqual(0.083)
  })

  it('keeps all where they end a little apart', () => {
    const curves = Array.from({ length: 40 }, (_, i) => upTo(1 + i / 1000, 50))
    const { grid, short } = commonGrid(curves, { shorten: false }, 'c')
    expect(short).toEqual([])
    expect(grid.at(-1)).toBe(1)
  })

  it('has as many points as asked for', () => {
    expect([...commonGrid([upTo(1, 9), upTo(1, 9)], { shorten: false, points: 3 }, 'c').grid]).toEqual([0, 0.5, 1])
  })

  it('is refused where curves share nothing', () => {
    expect(() => commonGrid([curve([0, 1]), curve([2, 3])], { shorten: true }, 'c')).toThrow(/no common range/)
  })

  it('never reaches beyond a curve that stays', () => {
    const curves = fc.array(
      fc.uniqueArray(fc.integer({ min: 0, max: 50 }), { minLength: 2, maxLength: 12 }).map((x) => curve(x.toSorted((a, b) => a - b))), // prettier-ignore
      { minLength: 1, maxLength: 12 },
    )
    fc.assert(
      fc.property(curves, (all) => {
        const { grid, short } = commonGrid(all, { shorten: false }, 'c')
        expect(short.length).toBeLessThan(all.length)
        all.forEach(({ x }, i) => {
          if (short.includes(i)) return
          expect(x[0]!).toBeLessThanOrEqual(grid[0]! + 1e-6)
          expect(x.at(-1)).toBeGreaterThanOrEqual(grid.at(-1)! - 1e-6)
        })
      }),
    )
  })
})

describe('resampling', () => {
  it('is exact on a line and at the points of the curve itself', () => {
    const line = curve([0, 0.3, 1, 2], [1, 1.6, 3, 5])
    const grid = Float64Array.of(0, 0.1, 0.3, 0.75, 1.5, 2)
    resample(line, grid).forEach((y, i) => expect(y).toBeCloseTo(1 + 2 * grid[i]!, 12))
    expect(resample(line, line.x)).toEqual(line.y)
  })

  it('stays between neighbouring values', () => {
    const bent = curve([0, 1, 2], [0, 10, -10])
    expect([...resample(bent, Float64Array.of(0.5, 1.25, 1.75))]).toEqual([5, 5, -5])
  })
})
