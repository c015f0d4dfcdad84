import { describe, expect, it } from 'vitest'
import { principalPlane } from '../../../src-main/statistics/principal-plane.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'

/** Points [n, 3] with standard deviations 5, 2 and 0.1 along three orthogonal directions. */
function cloud(n: number): Float32Array {
  const stream = RandomStream.of(4, 'cloud')
  const axes = [
    [0.6, 0.8, 0],
    [-0.8, 0.6, 0],
    [0, 0, 1],
  ]
  const out = new Float32Array(n * 3)
  for (let i = 0; i < n; i++) {
    const t = [5 * stream.normal(), 2 * stream.normal(), 0.1 * stream.normal()]
    for (let k = 0; k < 3; k++) out[i * 3 + k] = 10 + axes.reduce((sum, axis, a) => sum + axis[k]! * t[a]!, 0)
  }
  return out
}

describe('the principal plane', () => {
  it('finds the directions of largest spread, centred, with their shares', () => {
    const { points, explained } = principalPlane(cloud(4000), 3)
    const spread = (axis: number): number =>
      Math.sqrt(points.reduce((sum, x, i) => (i % 2 === axis ? sum + x * x : sum), 0) / 4000)
    expect(spread(0)).toBeCloseTo(5, 0)
    expect(spread(1)).toBeCloseTo(2, 0)
    expect(explained[0]).toBeCloseTo(25 / 29.01, 1)
  })

  it('always gives the same picture of the same points', () => {
    expect(principalPlane(cloud(50), 3)).toEqual(principalPlane(cloud(50), 3))
  })

  it('lays a line on the first axis, and nothing anywhere', () => {
    expect(principalPlane(Float32Array.of(1, 2, 3), 1)).toEqual({
      points: Float32Array.of(-1, 0, 0, 0, 1, 0),
      explained: [1, 0],
    })
    expect(principalPlane(new Float32Array(0), 0).points).toHaveLength(0)
  })
})
