import { beforeAll, describe, expect, it } from 'vitest'
import { type Digits, readDigits } from '../../../../src-main/datasets/synthetic/digits.ts'
import { lineDigitsOf, possibleShifts, shifted } from '../../../../src-main/datasets/synthetic/line-digits.ts'

const settings = {
  samples: 1000,
  seed: 5,
  structure: null,
  conditional: null,
  latents: null,
  privates: null,
  spread: null,
  degree: null,
  overlap: null,
  noise: 0.1,
}
const image = (pixels: Uint8Array, i: number): Uint8Array => pixels.subarray(i * 784, (i + 1) * 784)
const ink = (bitmap: Uint8Array): number => bitmap.reduce((total, value) => total + value, 0)

let digits: Digits
beforeAll(async () => {
  digits = await readDigits()
})

describe('line-digits', () => {
  it('reads the thousand bundled digits, all ten among them', () => {
    expect(digits.ids).toHaveLength(1000)
    expect(digits.ids.slice(0, 2)).toEqual(['t00000', 't00001'])
    expect([...digits.labels.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9])
    expect(new Set(digits.labels).size).toBe(10)
  })

  it('uses each bitmap once before any is used again', () => {
    const set = lineDigitsOf(digits, settings)
    const keys = new Set(set.ids.map((_, i) => Buffer.from(image(set.images!.pixels, i)).toString('base64')))
    expect(keys.size).toBe(1000)
    expect(set.notes).toEqual([])
  })

  it('shifts what it uses again without losing ink, and says so', () => {
    const set = lineDigitsOf(digits, { ...settings, samples: 2500 })
    expect(set.notes).toEqual([expect.stringMatching(/1500 of the 2500 samples reuse/)])
    const inks = new Set(digits.ids.map((_, i) => ink(image(digits.bitmaps, i))))
    for (let i = 1000; i < 2500; i++) expect(inks).toContain(ink(image(set.images!.pixels, i)))
    const first = lineDigitsOf(digits, settings)
    expect(set.images!.pixels.subarray(0, 784_000)).toEqual(first.images!.pixels)
  })

  it('never offers a shift that would cut a digit', () => {
    const bitmap = new Uint8Array(784)
    bitmap[5 * 28 + 27] = 255
    const shifts = possibleShifts(bitmap)
    expect(shifts.every(([dx]) => dx <= 0)).toBe(true)
    expect(shifts).toHaveLength(14)
    expect(shifted(bitmap, -2, 1)[6 * 28 + 25]).toBe(255)
    expect(possibleShifts(new Uint8Array(784).fill(1))).toEqual([])
  })

  it('makes lines whose slope is the digit, with the noise that was asked for', () => {
    const residuals = (noise: number): number => {
      const set = lineDigitsOf(digits, { ...settings, noise })
      const { grid, values } = set.curves!
      let squares = 0
      values.forEach((y, k) => (squares += (y - set.factors[Math.floor(k / 20)]! * grid[k % 20]!) ** 2))
      return Math.sqrt(squares / values.length)
    }
    expect(residuals(0)).toBeLessThan(1e-5)
    expect(residuals(0.1)).toBeCloseTo(0.1, 2)
    expect(residuals(0.5)).toBeCloseTo(0.5, 1)
  })
})
