import { describe, expect, it } from 'vitest'
import { alignedTo, principalPlane } from '../../../../src-renderer/charts/principal-plane.ts'

/** Points along (2, 0, 1) with a little of (0, 1, 0). */
const values = Float32Array.from(Array.from({ length: 50 }, (_, i) => i - 25).flatMap((t) => [2 * t, (t % 5) / 5, t]))

describe('principalPlane', () => {
  it('takes the direction of most variance first', () => {
    const { points, explained } = principalPlane(values, 3)
    expect(explained[0]).toBeGreaterThan(0.99)
    expect(explained[0] + explained[1]).toBeCloseTo(1)
    const spread = Math.abs(points[0]! - points[98]!)
    expect(spread).toBeCloseTo(49 * Math.sqrt(5), 0)
  })

  it('gives a flat plane for one dimension and nothing for none', () => {
    const { points, explained } = principalPlane(Float32Array.of(1, 2, 6), 1)
    expect(explained).toEqual([1, 0])
    expect([points[1], points[3], points[5]]).toEqual([0, 0, 0])
    expect(principalPlane(new Float32Array(0), 0).points).toHaveLength(0)
  })
})

describe('alignedTo', () => {
  const before = Float32Array.of(1, 0, 0, 2, -3, 1)

  it('turns and mirrors points back to where they lay', () => {
    const [c, s] = [Math.cos(2), Math.sin(2)]
    const turned = before.map((_, i) =>
      i % 2 === 0 ? c * before[i]! - s * before[i + 1]! : s * before[i - 1]! + c * before[i]!,
    )
    const mirrored = turned.map((value, i) => (i % 2 === 1 ? -value : value))
    for (const moved of [turned, mirrored]) {
      const back = alignedTo(before, moved)
      back.forEach((value, i) => expect(value).toBeCloseTo(before[i]!, 5))
    }
  })

  it('leaves other points alone', () => {
    const other = Float32Array.of(1, 2)
    expect(alignedTo(before, other)).toBe(other)
  })
})
