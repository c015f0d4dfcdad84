import { expect, it } from 'vitest'
import { nextPoint } from '../../../../../src-renderer/charts/scatter/next-point.ts'

const points = [0, 0, 0.01, 0, 1, 0.1, 3, 0, 0, 2, NaN, NaN]

it('goes to the next point ahead, past those that look as one with it', () => {
  expect(nextPoint(points, 0, { x: 1, y: 0 }, 0.1)).toBe(2)
  expect(nextPoint(points, 2, { x: 1, y: 0 }, 0.1)).toBe(3)
  expect(nextPoint(points, 0, { x: 0, y: 1 }, 0.1)).toBe(4)
  expect(nextPoint(points, 3, { x: 1, y: 0 }, 0.1)).toBeNull()
  expect(nextPoint(points, 99, { x: 1, y: 0 }, 0.1)).toBeNull()
})
