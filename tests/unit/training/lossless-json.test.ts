import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLossless, stringifyLossless } from '../../../src-main/training/lossless-json.ts'

describe('lossless JSON', () => {
  it('brings every double back, bit for bit', () => {
    fc.assert(
      fc.property(fc.double(), (x) => {
        expect(parseLossless(stringifyLossless({ x: [x] }))).toStrictEqual({ x: [x] })
      }),
    )
  })

  it('brings any other JSON back as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(parseLossless(stringifyLossless(value))).toStrictEqual(value)
      }),
    )
  })

  it('refuses typed arrays, which JSON would turn into objects', () => {
    expect(() => stringifyLossless({ w: new Float32Array(2) })).toThrow(/typed arrays/)
  })
})
