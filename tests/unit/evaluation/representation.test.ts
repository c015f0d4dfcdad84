import { describe, expect, it } from 'vitest'
import { dci, mutualInformationGap } from '../../../src-main/evaluation/disentanglement.ts'
import { distanceCorrelation } from '../../../src-main/evaluation/distance-correlation.ts'
import { linearR2, meanCorrelation } from '../../../src-main/evaluation/representation.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'

const random = RandomStream.of(1, 'representation tests')
const latents = Array.from({ length: 400 }, () => [random.normal(), random.normal()])

describe('identifiability metrics', () => {
  it('MCC ignores order, sign and scale of code dimensions; Spearman any monotone bending too', () => {
    const code = latents.map(([a, b]) => [-3 * b! + 1, Math.exp(a!)])
    expect(meanCorrelation(code, latents, 'spearman')).toBeCloseTo(1, 12)
    expect(meanCorrelation(code, latents, 'pearson')).toBeLessThan(0.95)
    const mixed = latents.map(([a, b]) => [a! + b!, a! - b!])
    expect(meanCorrelation(mixed, latents, 'pearson')).toBeLessThan(0.8)
  })

  it('linear R2 ignores any invertible linear map, and is honest about noise on held-out rows', () => {
    const mixed = latents.map(([a, b]) => [a! + b!, a! - b!, 0.5])
    expect(linearR2(mixed, latents).r2).toBeCloseTo(1, 9)
    const noise = latents.map(() => Array.from({ length: 60 }, () => random.normal()))
    expect(linearR2(noise, latents, 'in-sample').r2).toBeGreaterThan(0.05)
    expect(linearR2(noise, latents).r2).toBeLessThan(0)
  })

  it('linear R2 leaves constant latents out', () => {
    const withConstant = latents.map(([a]) => [a!, 7])
    expect(linearR2(latents, withConstant).perLatent[1]).toBeNull()
    expect(linearR2(latents, withConstant).r2).toBeCloseTo(1, 9)
  })
})

describe('distance correlation', () => {
  it('is 1 for a rotated copy, sees dependence without correlation, and is about 0 for independence', () => {
    const rotated = latents.map(([a, b]) => [0.6 * a! - 0.8 * b!, 0.8 * a! + 0.6 * b!])
    expect(distanceCorrelation(latents, rotated).dCor).toBeCloseTo(1, 9)
    const square = latents.map(([a]) => [a! * a!])
    expect(distanceCorrelation(latents, square).dCorUnbiasedSquared).toBeGreaterThan(0.05)
    const other = latents.map(() => [random.normal()])
    expect(Math.abs(distanceCorrelation(latents, other).dCorUnbiasedSquared!)).toBeLessThan(0.02)
    expect(
      distanceCorrelation(
        latents,
        other.map(() => [1]),
      ).dCor,
    ).toBe(0)
  })
})

describe('disentanglement metrics', () => {
  const first = latents.map(() => random.integer(2))
  const second = latents.map(() => random.integer(3))
  const apart = latents.map((_, d) => [3 * first[d]! + 0.3 * random.normal(), 3 * second[d]! + 0.3 * random.normal()])
  const together = apart.map(([a, b]) => [a! + b!, a! - b!])

  it('MIG and DCI are near 1 where each dimension holds one factor', () => {
    expect(mutualInformationGap(apart, [first, second])).toBeGreaterThan(0.9)
    const scores = dci(apart, [first, second])!
    expect(scores.disentanglement).toBeGreaterThan(0.9)
    expect(scores.completeness).toBeGreaterThan(0.9)
    expect(scores.informativeness).toBeGreaterThan(0.98)
    expect(scores.predictor).toContain('random forest')
  })

  it('MIG and DCI fall where dimensions mix factors, though the code stays informative', () => {
    expect(mutualInformationGap(together, [first, second])).toBeLessThan(0.3)
    const scores = dci(together, [first, second])!
    expect(scores.disentanglement).toBeLessThan(0.5)
    expect(scores.informativeness).toBeGreaterThan(0.9)
  })

  it('are undefined where nothing can be told', () => {
    const constant = latents.map(() => 0)
    expect(mutualInformationGap(apart, [constant])).toBeNull()
    expect(
      mutualInformationGap(
        apart.map(([a]) => [a!]),
        [first],
      ),
    ).toBeNull()
    expect(dci(apart, [constant])).toBeNull()
  })
})
