import { describe, expect, it } from 'vitest'
import {
  ago,
  bytes,
  count,
  counted,
  duration,
  fixed,
  number,
  percent,
  roughly,
} from '../../../../src-renderer/words/quantities.ts'

describe('numbers', () => {
  it('have a real minus sign, few digits, and powers of ten where they are long', () => {
    expect(number(-412.7)).toBe('−412.7')
    expect(number(0.30000000000000004)).toBe('0.3')
    expect(number(1234567)).toBe('1.235 × 10⁶')
    expect(number(-0.00001234)).toBe('−1.234 × 10⁻⁵')
    expect(number(NaN)).toBe('–')
    expect(number(-Infinity)).toBe('−∞')
    expect(fixed(-2, 2)).toBe('−2.00')
  })

  it('are counted with their noun', () => {
    expect(count(1000)).toBe('1,000')
    expect(counted(1, 'sample')).toBe('1 sample')
    expect(counted(2, 'modality', 'modalities')).toBe('2 modalities')
    expect([0, 0.002, 0.614, 0.998, 1].map((share) => percent(share))).toEqual([
      '0 %',
      'under 1 %',
      '61 %',
      'over 99 %',
      '100 %',
    ])
  })
})

describe('times', () => {
  it('are written in the unit that fits', () => {
    expect(duration(0.42)).toBe('0.4 s')
    expect(duration(0.01)).toBe('under 0.1 s')
    expect(duration(41.2)).toBe('41 s')
    expect(duration(185)).toBe('3 min 5 s')
    expect(duration(7800)).toBe('2 h 10 min')
    expect(duration(NaN)).toBe('–')
  })

  it('are promised roughly', () => {
    expect(roughly(4)).toBe('a few seconds')
    expect(roughly(41)).toBe('about 40 s')
    expect(roughly(60)).toBe('about a minute')
    expect(roughly(400)).toBe('about 7 min')
    expect(roughly(7000)).toBe('about 2 h')
  })

  it('are told as how long ago', () => {
    const now = Date.parse('2026-11-22T12:00:00Z')
    expect(ago(now, now)).toBe('just now')
    expect(ago(now - 12_000, now)).toBe('12 s ago')
    expect(ago(now - 7_200_000, now)).toBe('2 h ago')
    expect(ago(now - 86_400_000 * 30, now)).toBe('23 Oct 2026')
  })
})

describe('bytes', () => {
  it('are written in powers of 1024', () => {
    expect(bytes(734)).toBe('734 bytes')
    expect(bytes(8 * 1024)).toBe('8 KiB')
    expect(bytes(1.5 * 1024 ** 3)).toBe('1.5 GiB')
  })
})
