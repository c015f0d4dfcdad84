import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { finerPixels, onFinerGrid } from '../../../../src-main/datasets/preparations/finer-grid.ts'
import { rawSamples } from './raw-samples.ts'

describe('images on a finer grid', () => {
  it('keep a slope of brightness, channel by channel, between the middles of the outer pixels', () => {
    const [height, width] = [10, 20]
    const values = Array.from({ length: height * width * 2 }, (_, at) => {
      const [channel, x] = [at % 2, (at >> 1) % width]
      return channel === 0 ? x / width : 5
    })
    const finer = finerPixels(values, [height, width, 2])
    const across = Math.round(1.19 * width)
    expect(finer).toHaveLength(Math.round(1.19 * height) * across * 2)
    for (let x = 1; x < across - 1; x++) {
      expect(finer[(3 * across + x) * 2]).toBeCloseTo((x + 0.5) / across - 0.5 / width, 6)
      expect(finer[(3 * across + x) * 2 + 1]).toBe(5)
    }
  })

  it('hold nothing darker or brighter than what was measured', () => {
    const side = fc.integer({ min: 1, max: 9 })
    fc.assert(
      fc.property(
        side,
        side,
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 81, maxLength: 81 }),
        (height, width, drawn) => {
          const values = drawn.slice(0, height * width)
          const finer = finerPixels(values, [height, width, 1])
          expect(Math.min(...finer)).toBeGreaterThanOrEqual(Math.min(...values) - 1e-6)
          expect(Math.max(...finer)).toBeLessThanOrEqual(Math.max(...values) + 1e-6)
        },
      ),
    )
  })

  it('are as many, and whoever was missing still is', () => {
    const raw = rawSamples({ kind: 'image', shape: [4, 6, 1], samples: [Array.from({ length: 24 }, () => 0.5), null] })
    const { modality, ids, read } = onFinerGrid(raw)
    expect(modality.shape).toEqual([5, 7, 1])
    const { data, present } = read(0, 2)
    expect([...present]).toEqual([1, 0])
    expect(ids).toEqual(raw.ids)
    expect([...data]).toEqual([...Array.from({ length: 35 }, () => 0.5), ...Array.from({ length: 35 }, () => 0)])
  })
})
