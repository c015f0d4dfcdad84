import { describe, expect, it } from 'vitest'
import { alignedTo } from '../../../../src-renderer/charts/aligned.ts'

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
