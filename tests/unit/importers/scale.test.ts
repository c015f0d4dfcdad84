import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { featureScaling, imageScaling, restored, stored, wholeScaling } from '../../../src-main/importers/scale.ts'
import { robustRange } from '../../../src-main/datasets/display-range.ts'

describe('scaling', () => {
  it('of images follows their type', () => {
    const of = (values: ArrayLike<number>, type: Parameters<typeof imageScaling>[1]) =>
      imageScaling(values, type, undefined).scaling
    expect(of([0, 200], 'uint8')).toEqual({ offset: [0], scale: [255] })
    expect(of([0, 1], 'bool')).toEqual({ offset: [0], scale: [1] })
    expect(of([0, 65535], 'uint16')).toEqual({ offset: [0], scale: [65535] })
    expect(of([0, 0.7], 'float')).toEqual({ offset: [0], scale: [1] })
    expect(of([-10, 30], 'float')).toEqual({ offset: [-10], scale: [40] })
  })

  it('of 16-bit images from a 12-bit camera uses its depth, and says so', () => {
    const { scaling, note } = imageScaling([0, 4000], 'uint16', undefined)
    expect(scaling.scale).toEqual([4095])
    expect(note).toMatch(/12-bit/)
  })

  it('of curves is robust against a single spike', () => {
    const values = Float64Array.from({ length: 2000 }, (_, i) => (i === 77 ? 1e9 : i % 100))
    const { offset, scale } = wholeScaling(values, undefined)
    expect(offset[0]).toBe(0)
    expect(scale[0]).toBeLessThanOrEqual(99)
  })

  it('of a few values takes them all, of a constant does not divide by zero', () => {
    expect(robustRange([3, 1, 2])).toEqual([1, 3])
    expect(wholeScaling([5, 5], undefined)).toEqual({ offset: [5], scale: [1] })
    expect(featureScaling(Float64Array.of(1, 7, 3, 7), 2, undefined)).toEqual({ offset: [1, 7], scale: [2, 1] })
  })

  it('maps back to the user value', () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 4, maxLength: 40 })
    fc.assert(
      fc.property(values, (all) => {
        const even = Float64Array.from(all.length % 2 === 0 ? all : all.slice(1))
        const scaling = featureScaling(even, 2, undefined)
        even.forEach((value, i) => {
          const back = restored(stored(value, scaling, i % 2), scaling, i % 2)
          expect(Math.abs(back - value)).toBeLessThanOrEqual(1e-9 * Math.max(1, ...even.map(Math.abs)))
        })
      }),
    )
  })
})
