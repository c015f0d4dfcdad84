import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  determines,
  fewestThatTellAll,
  together,
  type ViewDivision,
} from '../../../src-main/statistics/view-division.ts'

describe('a division', () => {
  const division = fc
    .integer({ min: 1, max: 4 })
    .chain((clusters) =>
      fc
        .array(fc.integer({ min: 0, max: clusters - 1 }), { minLength: 30, maxLength: 30 })
        .map((labels): ViewDivision => ({ clusters, labels: Int32Array.from(labels) })),
    )

  it('determines itself, and with another it determines both', () => {
    fc.assert(
      fc.property(division, division, (a, b) => {
        expect(determines(a, a)).toBe(true)
        const both = together(a, b)
        expect(determines(both, a)).toBe(true)
        expect(determines(both, b)).toBe(true)
      }),
    )
  })

  it('says nothing of one that crosses it', () => {
    const of = (code: (i: number) => number) => ({
      clusters: 2,
      labels: Int32Array.from({ length: 100 }, (_, i) => code(i)),
    })
    const [a, b] = [of((i) => i % 2), of((i) => (i >> 1) % 2)]
    expect(determines(a, b)).toBe(false)
    // Samples that one lacks count for neither.
    expect(determines({ ...b, labels: b.labels.map((label, i) => (i < 50 ? label : -1)) }, b)).toBe(true)
  })
})

describe('the fewest divisions that tell all', () => {
  const of = (clusters: number, code: (i: number) => number): ViewDivision => ({
    clusters,
    labels: Int32Array.from({ length: 120 }, (_, i) => code(i)),
  })
  const [colour, size] = [of(2, (i) => i % 2), of(2, (i) => (i >> 1) % 2)]
  const mixed = of(2, (i) => (i % 2 === 1 && (i >> 1) % 2 === 1 ? 1 : 0))

  it('tell each that is left out, and no fewer do', () => {
    const divisions = fc.array(
      fc
        .integer({ min: 1, max: 3 })
        .chain((clusters) =>
          fc
            .array(fc.integer({ min: 0, max: clusters - 1 }), { minLength: 12, maxLength: 12 })
            .map((labels): ViewDivision => ({ clusters, labels: Int32Array.from(labels) })),
        ),
      { minLength: 1, maxLength: 5 },
    )
    fc.assert(
      fc.property(divisions, (given) => {
        const tellAll = (places: readonly number[]): boolean => {
          const all = places.map((k) => given[k]!).reduce(together)
          return given.every((one) => determines(all, one))
        }
        const fewest = fewestThatTellAll(given)
        expect(tellAll(fewest)).toBe(true)
        for (let set = 1; set < 2 ** given.length; set++) {
          const places = [...given.keys()].filter((k) => (set >> k) % 2 === 1)
          if (places.length < fewest.length) expect(tellAll(places)).toBe(false)
        }
      }),
    )
  })

  it('are one that shows both causes where there is one, and both causes where there is none', () => {
    expect(fewestThatTellAll([colour, mixed, size, together(colour, size)])).toEqual([3])
    expect(fewestThatTellAll([mixed, colour, size])).toHaveLength(2)
    expect(fewestThatTellAll([])).toEqual([])
  })

  it('are those with the fewest clusters, and the earliest of those', () => {
    const cut = of(3, (i) => (i === 0 ? 2 : i % 2))
    expect(fewestThatTellAll([cut, colour])).toEqual([1])
    expect(fewestThatTellAll([colour, of(2, (i) => 1 - (i % 2))])).toEqual([0])
  })
})
