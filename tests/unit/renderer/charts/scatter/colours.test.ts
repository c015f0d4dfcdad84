import { describe, expect, it } from 'vitest'
import {
  categoryColours,
  coloursOfCodes,
  coloursOfNumbers,
  faded,
  packed,
  parseHex,
  type Rgb,
  scaleRange,
  sequential,
} from '../../../../../src-renderer/charts/scatter/colours.ts'
import { pointPalette } from '../../../../../src-renderer/charts/scatter/palette.ts'
import { discSpans } from '../../../../../src-renderer/charts/scatter/canvas-points.ts'

const grey: Rgb = [1, 2, 3]
const whole = [0, 1] as const

describe('packed', () => {
  it('stores red first, as a canvas has it', () => {
    expect([...new Uint8Array(Uint32Array.of(packed([10, 20, 30])).buffer)]).toEqual([10, 20, 30, 255])
    expect(parseHex('#0072b2')).toEqual([0, 114, 178])
  })
})

describe('categoryColours', () => {
  it.each(['light', 'dark'] as const)('gives as many distinct colours as a dozen nodes may need, %s', (theme) => {
    const { data, ink, surface } = pointPalette(theme)
    const colours = categoryColours(40, data, ink, surface).map(packed)
    expect(new Set(colours).size).toBe(40)
    expect(colours).toEqual(data.slice(0, 40).map(packed))
  })
})

describe('coloursOfCodes', () => {
  it('greys what has no category', () => {
    const red: Rgb = [255, 0, 0]
    expect([...coloursOfCodes([0, -1, 5], [red], grey)]).toEqual([packed(red), packed(grey), packed(grey)])
  })
})

describe('coloursOfNumbers', () => {
  it('runs from one end of the scale to the other, clamps, and greys what is not a number', () => {
    const colours = coloursOfNumbers([0, 1, -9, 9, NaN], [0, 1], whole, grey)
    expect([...colours]).toEqual([0, 1, 0, 1].map((share) => packed(sequential(share, whole))).concat(packed(grey)))
  })

  it('gets lighter all the way', () => {
    const light = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b
    const steps = Array.from({ length: 20 }, (_, i) => light(sequential(i / 19, whole)))
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
  })
})

describe('scaleRange', () => {
  it('is not stretched by a few outliers', () => {
    const values = Array.from({ length: 200 }, (_, i) => i / 200)
    const [low, high] = scaleRange([...values, 1e9, NaN])
    expect(low).toBeLessThan(0.03)
    expect(high).toBeLessThan(1)
    expect(scaleRange([NaN])).toEqual([0, 1])
  })
})

describe('faded', () => {
  it('leaves the selection as it is and pales the rest', () => {
    const colours = Uint32Array.of(packed([0, 0, 0]), packed([0, 0, 0]))
    const pale = faded(colours, Uint8Array.of(1, 0), [255, 255, 255], 0.5)
    expect([...pale]).toEqual([packed([0, 0, 0]), packed([128, 128, 128])])
  })
})

describe('discSpans', () => {
  it('is round and symmetric', () => {
    expect(discSpans(1)).toEqual([0])
    expect(discSpans(7)).toEqual(discSpans(7).toReversed())
    expect(discSpans(7)[0]).toBeGreaterThan(discSpans(7)[3]!)
  })
})
