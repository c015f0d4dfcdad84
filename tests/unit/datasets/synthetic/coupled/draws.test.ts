import { describe, expect, it } from 'vitest'
import { conditionals, coupledSampler } from '../../../../../src-main/datasets/synthetic/coupled/coupled-latents.ts'
import { deviations, vonMisesFisher } from '../../../../../src-main/datasets/synthetic/coupled/draws.ts'
import { RandomStream } from '../../../../../src-shared/random/stream.ts'

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

describe('von Mises-Fisher', () => {
  /** A_p(kappa) = I_{p/2}(kappa) / I_{p/2-1}(kappa); for p = 3 it is coth kappa - 1 / kappa. */
  it.each([0.5, 5, 20, 200])('points as far along its mean as kappa %d says, in unit length', (kappa) => {
    const random = RandomStream.of(1, 'vmf')
    const along = Array.from({ length: 20_000 }, () => {
      const x = vonMisesFisher(Float64Array.of(0, 1, 0), kappa, random)
      expect(Math.hypot(...x)).toBeCloseTo(1, 10)
      return x[1]!
    })
    expect(Math.abs(mean(along) - (1 / Math.tanh(kappa) - 1 / kappa))).toBeLessThan(0.02 / Math.sqrt(kappa))
  })

  it('has no direction across its mean', () => {
    const random = RandomStream.of(2, 'vmf')
    const draws = Array.from({ length: 20_000 }, () => vonMisesFisher(Float64Array.of(1, 0, 0, 0), 20, random))
    for (const k of [1, 2, 3]) expect(Math.abs(mean(draws.map((x) => x[k]!)))).toBeLessThan(0.006)
  })
})

describe('deviations', () => {
  /** E x^2: 2 b^2, sigma^2, alpha^2 Gamma(1) / Gamma(1 / 3). E x^4: 24 b^4, 3 sigma^4, alpha^4 Gamma(5 / 3) / Gamma(1 / 3). */
  const gammaThird = 2.678938534707747
  it.each([
    ['laplace', 2, 24],
    ['normal', 1, 3],
    ['generalised-normal', 1 / gammaThird, 0.9027452929509336 / gammaThird],
  ] as const)('%s has the moments of its density', (name, second, fourth) => {
    const random = RandomStream.of(3, name)
    const draws = Array.from({ length: 60_000 }, () => deviations[name](2, random))
    expect(Math.abs(mean(draws))).toBeLessThan(0.04)
    expect(mean(draws.map((x) => x ** 2)) / (4 * second)).toBeCloseTo(1, 1)
    expect(mean(draws.map((x) => x ** 4)) / (16 * fourth)).toBeCloseTo(1, 0)
  })
})

describe('coupled latents', () => {
  it('stay on the sphere and in the box, near their partners, for every conditional', () => {
    for (const space of ['sphere', 'convex'] as const)
      for (const [conditional, spread] of Object.entries(conditionals[space])) {
        const design = { space, latents: 4, privates: 5, conditional: conditional as 'laplace', spread }
        const draw = coupledSampler(design, RandomStream.of(4, 'maps'))
        const random = RandomStream.of(4, 'samples')
        for (let i = 0; i < 300; i++) {
          const { zx, zt, x, t } = draw(random)
          expect([x.length, t.length]).toEqual([9, 9])
          for (const z of [zx, zt])
            if (space === 'sphere') expect(Math.hypot(...z)).toBeCloseTo(1, 10)
            else for (const value of z) expect(value >= 0 && value <= 1).toBe(true)
          expect(Math.hypot(...zx.map((value, k) => value - zt[k]!))).toBeLessThan(1.5)
        }
      }
  })
})
