import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PointGrid } from '../../../../../src-renderer/charts/scatter/point-grid.ts'

function nearestDistance(points: Float32Array, x: number, y: number): number {
  let best = Infinity
  for (let i = 0; i < points.length; i += 2) best = Math.min(best, Math.hypot(points[i]! - x, points[i + 1]! - y))
  return best
}

describe('PointGrid', () => {
  it('finds the nearest point within reach, wherever it is asked', () => {
    const coordinate = fc.integer({ min: -100, max: 100 }).map((n) => n / 4)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 200 }),
        coordinate,
        coordinate,
        fc.integer({ min: 1, max: 20 }),
        (list, x, y, reach) => {
          const points = new Float32Array(list.flat())
          const row = new PointGrid(points).nearest({ x, y }, reach)
          const least = nearestDistance(points, x, y)
          if (row === null) expect(least).toBeGreaterThan(reach)
          else expect(Math.hypot(points[2 * row]! - x, points[2 * row + 1]! - y)).toBeCloseTo(least, 5)
        },
      ),
    )
  })

  it('passes over points that have no place', () => {
    expect(new PointGrid(new Float32Array([NaN, 0, 3, 3])).nearest({ x: 3, y: 3 }, 1)).toBe(1)
    expect(new PointGrid(new Float32Array(0)).nearest({ x: 0, y: 0 }, 5)).toBeNull()
  })
})
