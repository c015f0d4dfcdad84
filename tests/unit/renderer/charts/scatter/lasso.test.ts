import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pointsInPolygon } from '../../../../../src-renderer/charts/scatter/lasso.ts'

/** The even-odd rule, every edge against every point. */
function plainly(points: Float32Array, polygon: Float32Array): number[] {
  const corners = polygon.length / 2
  return Array.from({ length: points.length / 2 }, (_, row) => row).filter((row) => {
    const [x, y] = [points[2 * row]!, points[2 * row + 1]!]
    let inside = false
    for (let i = 0, j = corners - 1; i < corners; j = i++) {
      const [x0, y0, x1, y1] = [polygon[2 * i]!, polygon[2 * i + 1]!, polygon[2 * j]!, polygon[2 * j + 1]!]
      if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside
    }
    return inside
  })
}

describe('pointsInPolygon', () => {
  const points = new Float32Array([0.5, 0.5, 2, 2, 0.9, 0.1, -1, 0.5, 0.5, 0.99])

  it('finds the rows inside, in order', () => {
    expect([...pointsInPolygon(points, new Float32Array([0, 0, 1, 0, 1, 1, 0, 1]))]).toEqual([0, 2, 4])
  })

  it('leaves out what lies in a notch', () => {
    const notched = new Float32Array([0, 0, 1, 0, 1, 1, 0.5, 0.2, 0, 1])
    expect([...pointsInPolygon(points, notched)]).toEqual([2])
  })

  it('holds nothing with fewer than three corners, and skips points that have no place', () => {
    expect(pointsInPolygon(points, new Float32Array([0, 0, 1, 1]))).toHaveLength(0)
    const nowhere = new Float32Array([NaN, NaN, 0.5, 0.5])
    expect([...pointsInPolygon(nowhere, new Float32Array([0, 0, 1, 0, 0.5, 1]))]).toEqual([1])
  })

  it('agrees with the rule applied edge by edge, whatever is drawn', () => {
    const value = fc.integer({ min: -40, max: 40 }).map((n) => n / 8)
    const flat = (least: number) =>
      fc.array(fc.tuple(value, value), { minLength: least, maxLength: 40 }).map((list) => new Float32Array(list.flat()))
    fc.assert(
      fc.property(flat(0), flat(3), (some, polygon) => {
        expect([...pointsInPolygon(some, polygon)]).toEqual(plainly(some, polygon))
      }),
    )
  })

  it('closes a flat polygon without an area', () => {
    expect(pointsInPolygon(points, new Float32Array([0, 1, 1, 1, 2, 1]))).toHaveLength(0)
  })
})
