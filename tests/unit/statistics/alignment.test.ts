import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commonTemplate, eventMoves, placeIn } from '../../../src-main/statistics/alignment.ts'
import { whole } from '../../../src-main/statistics/piecewise.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'

const [points, width] = [60, 24]

const rowOf = (at: number, level: number, height: number, random: RandomStream): Float64Array =>
  Float64Array.from(
    { length: points },
    (_, i) => level + height * Math.exp(-(((i - at) / 3) ** 2)) * (i < at ? 1 : 0.5) + 0.02 * random.normal(),
  )

describe('curves laid over one another', () => {
  it('have the part that correlates most, as looking at every part says', () => {
    const values = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 12, maxLength: 40 })
    fc.assert(
      fc.property(
        values,
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 12 }),
        (y, t) => {
          const mean = t.reduce((sum, value) => sum + value, 0) / t.length
          const template = Float64Array.from(t, (value) => value - mean)
          const correlations = Array.from({ length: y.length - t.length + 1 }, (_, from) => {
            const part = y.slice(from, from + t.length)
            const middle = part.reduce((sum, value) => sum + value, 0) / t.length
            const spread = part.reduce((sum, value) => sum + (value - middle) ** 2, 0)
            const product = part.reduce((sum, value, j) => sum + (value - middle) * template[j]!, 0)
            return spread > 1e-9 ? product / Math.sqrt(spread) : -Infinity
          })
          const place = placeIn(Float64Array.from(y), template)
          const best = Math.max(...correlations)
          if (best > -Infinity) expect(correlations[place ?? -1]).toBeCloseTo(best, 5)
        },
      ),
    )
  })

  it('show an event of any place, height and level at one place', () => {
    const random = RandomStream.of(1, 'events')
    const places = Array.from({ length: 200 }, () => 14 + random.integer(32))
    const curves = places.map((at) => rowOf(at, 3 * random.normal(), 0.5 + random.uniform(), random))
    const template = whole(commonTemplate(curves, width))!
    expect(template.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 9)
    const offsets = curves.map((values, i) => places[i]! - placeIn(values, template)!)
    const usual = offsets.toSorted((a, b) => a - b)[100]!
    expect(offsets.filter((offset) => Math.abs(offset - usual) <= 1).length).toBeGreaterThan(190)
    expect(whole(commonTemplate(curves, width))).toEqual(template)
  })

  it('are laid over one another only if the event moves', () => {
    const random = RandomStream.of(2, 'moves')
    const moving = (by: number): boolean => {
      const curves = Array.from({ length: 200 }, () => rowOf(30 + random.integer(by), 0, 1, random))
      return eventMoves(curves, whole(commonTemplate(curves, width))!)
    }
    expect([moving(1), moving(4), moving(20)]).toEqual([false, false, true])
  })

  it('have nothing in common where all are flat, and a flat one has no part', () => {
    const flat = new Float64Array(points).fill(7)
    expect(whole(commonTemplate([flat, flat], width))).toBeNull()
    expect(placeIn(flat, Float64Array.of(-1, 0, 1))).toBeNull()
  })
})
