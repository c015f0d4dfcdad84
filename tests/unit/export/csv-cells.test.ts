import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { float32Cell, float64Cell, textCell } from '../../../src-main/export/csv-cells.ts'

describe('text cells', () => {
  it('disarm what a spreadsheet would run', () => {
    for (const text of ['=1+1', '+cmd', '-cmd|x', '@SUM(A1)', '\tx', '\r=1', '-1-1', '-2+3'])
      expect(textCell(text)).toBe(`'${text}`)
  })

  it('leave plain text and plain negative numbers alone', () => {
    for (const text of ['octet', 'a=b', '', '-12', '-0.5', "it's"]) expect(textCell(text)).toBe(text)
    expect(textCell(null)).toBe('')
  })
})

describe('number cells', () => {
  it('read back as the same float32, in no more than nine digits', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true }), (value) => {
        const cell = float32Cell(value)
        expect(Object.is(Math.fround(Number(cell)), value)).toBe(true)
        expect(
          cell
            .replace(/e.*/, '')
            .replace(/[^0-9]/g, '')
            .replace(/^0+/, '').length,
        ).toBeLessThanOrEqual(39)
      }),
      { seed: 7, numRuns: 20_000 },
    )
  })

  it('are the shortest that do', () => {
    expect(float32Cell(Math.fround(0.1))).toBe('0.1')
    expect(float32Cell(Math.fround(1 / 3))).toBe('0.33333334')
    expect(float32Cell(Math.fround(16_777_217))).toBe('16777216')
    expect(float32Cell(Math.fround(1e-45))).toBe('1e-45')
    expect(float64Cell(0.1 + 0.2)).toBe('0.30000000000000004')
  })

  it('are empty where there is no number', () => {
    expect(float32Cell(NaN)).toBe('')
    expect(float64Cell(NaN)).toBe('')
    expect(float64Cell(-0)).toBe('-0')
    expect(float32Cell(-Infinity)).toBe('-Infinity')
  })
})
