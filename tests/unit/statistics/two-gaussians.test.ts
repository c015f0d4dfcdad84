import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitGaussianMixture, mixturePosteriors } from '../../../src-main/statistics/gaussian-mixture.ts'
import { whole } from '../../../src-main/statistics/piecewise.ts'
import { fitTwoGaussians, probabilityOfSecond } from '../../../src-main/statistics/two-gaussians.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'

/** Of two groups, the second with probability `share` at 1 and `spread` times as wide. */
function twoOf(seed: number, share: number, spread: number): { readonly values: Float64Array; second: boolean[] } {
  const random = RandomStream.of(seed, 'two')
  const second = Array.from({ length: 400 }, () => random.uniform() < share)
  const values = Float64Array.from(second, (is) => Number(is) + 0.06 * (is ? spread : 1) * random.normal())
  return { values, second }
}

describe('two Gaussians along a line', () => {
  it('say of each value what a mixture of two components fitted with restarts says', () => {
    const { values } = twoOf(1, 0.3, 2)
    const mixture = whole(fitGaussianMixture(values, 1, { components: 2, starts: 5 }, RandomStream.of(1, 'mixture')))
    const posteriors = whole(mixturePosteriors(mixture, values))
    const probabilities = probabilityOfSecond(fitTwoGaussians(values), values)
    // Components of a mixture have no order.
    const place = values[0]! > 0.5 === posteriors[1]! > 0.5 ? 1 : 0
    probabilities.forEach((probability, i) => expect(probability).toBeCloseTo(posteriors[2 * i + place]!, 1))
  })

  it('tell groups of any shares and widths that stand apart, with the greater values second', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        fc.double({ min: 0.15, max: 0.85, noNaN: true }),
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        fc.double({ min: -1e3, max: 1e3, noNaN: true }),
        (seed, share, spread, at) => {
          const { values, second } = twoOf(seed, share, spread)
          const moved = values.map((x) => x + at)
          const probabilities = probabilityOfSecond(fitTwoGaussians(moved), moved)
          const wrong = second.filter((is, i) => is !== probabilities[i]! > 0.5).length
          expect(wrong).toBeLessThanOrEqual(0.01 * second.length)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('leave finite probabilities where all values are one', () => {
    const values = new Float64Array(20).fill(3)
    for (const probability of probabilityOfSecond(fitTwoGaussians(values), values))
      expect(probability).toSatisfy(Number.isFinite)
  })
})
