import { describe, expect, it } from 'vitest'
import { distanceCorrelation, partialDistanceCorrelation } from '../../../src-main/evaluation/distance-correlation.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'

/** Two sets of columns that both follow a coin; the figures below are those of the Python package dcor 0.7. */
const x = [
  [1.053, -0.033],
  [0.535, 0.884],
  [0.985, -0.584],
  [1.348, -0.112],
  [0.328, 0.11],
  [0.771, 0.064],
  [0.049, -1.225],
  [-0.645, 0.076],
  [-0.921, 1.359],
  [-0.118, -1.547],
  [-0.634, 0.859],
  [1.136, 0.119],
  [1.078, -0.641],
  [-0.093, 2.0],
  [-1.258, 0.762],
  [0.731, -1.199],
  [-0.024, 0.075],
  [1.057, 0.577],
  [-0.765, -0.189],
  [-0.239, 0.683],
  [0.511, -0.067],
  [-0.404, 0.667],
  [0.53, 1.439],
  [-0.404, -0.676],
]
const y = [
  [0.681, 0.521],
  [0.415, 0.154],
  [0.651, 0.595],
  [0.125, 0.423],
  [0.368, 1.066],
  [0.522, 0.861],
  [0.96, 0.59],
  [0.458, 0.267],
  [-0.529, -0.136],
  [-0.318, 0.421],
  [0.259, -0.002],
  [-0.197, 0.833],
  [0.415, 0.084],
  [-0.039, 0.139],
  [0.503, -0.675],
  [0.876, -0.214],
  [-0.131, -0.122],
  [0.453, 0.24],
  [-0.1, 0.066],
  [0.609, 0.898],
  [0.429, 0.267],
  [-0.121, -0.25],
  [0.141, 0.082],
  [-0.048, 0.197],
]
const coin = [
  [1],
  [1],
  [1],
  [1],
  [1],
  [1],
  [1],
  [0],
  [0],
  [0],
  [0],
  [1],
  [1],
  [0],
  [0],
  [1],
  [0],
  [1],
  [0],
  [0],
  [1],
  [0],
  [0],
  [0],
]

const random = RandomStream.of(1, 'distance correlation tests')
const normal = (): number => random.normal()

describe('distance correlations', () => {
  it('are those of another implementation: biased, corrected, and given a third set', () => {
    const { dCor, dCorUnbiasedSquared } = distanceCorrelation(x, y)
    expect(dCor).toBeCloseTo(0.5773667458434583, 12)
    expect(dCorUnbiasedSquared).toBeCloseTo(0.13802257128807865, 12)
    expect(partialDistanceCorrelation(x, y, coin)).toBeCloseTo(-0.07202962411119004, 12)
  })

  it('biased is far from 0 for many independent columns, corrected is not', () => {
    const many = Array.from({ length: 100 }, () => Array.from({ length: 64 }, normal))
    const other = Array.from({ length: 100 }, () => [normal()])
    const { dCor, dCorUnbiasedSquared } = distanceCorrelation(many, other)
    expect(dCor).toBeGreaterThan(0.3)
    expect(Math.abs(dCorUnbiasedSquared!)).toBeLessThan(0.05)
  })

  it('given a common cause is about 0 where that cause is all they share, and not where they share more', () => {
    const cause = Array.from({ length: 600 }, normal)
    const first = cause.map((z) => [z + 0.5 * normal()])
    const second = cause.map((z) => [z + 0.5 * normal()])
    const z = cause.map((value) => [value])
    expect(distanceCorrelation(first, second).dCorUnbiasedSquared).toBeGreaterThan(0.5)
    expect(Math.abs(partialDistanceCorrelation(first, second, z)!)).toBeLessThan(0.1)
    const copy = first.map(([value]) => [value! + 0.1 * normal()])
    expect(partialDistanceCorrelation(first, copy, z)).toBeGreaterThan(0.7)
    expect(partialDistanceCorrelation(first, first, z)).toBeCloseTo(1, 12)
    expect(partialDistanceCorrelation(first, z, z)).toBe(0)
  })

  it('corrected need four samples', () => {
    expect(distanceCorrelation(x.slice(0, 3), y.slice(0, 3)).dCorUnbiasedSquared).toBeNull()
    expect(partialDistanceCorrelation(x.slice(0, 3), y.slice(0, 3), coin.slice(0, 3))).toBeNull()
  })
})
