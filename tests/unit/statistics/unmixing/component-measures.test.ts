import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../../src-shared/random/stream.ts'
import { realMatrix } from '../../../../src-main/statistics/linear-algebra/real-matrix.ts'
import {
  componentMeasures,
  coupling,
  sphereUniformity,
} from '../../../../src-main/statistics/unmixing/component-measures.ts'

function drawn(n: number, k: number, draw: (random: RandomStream, at: number) => number, seed = 1) {
  const random = RandomStream.of(seed, 'component measures')
  return realMatrix(
    n,
    k,
    Float64Array.from({ length: n * k }, (_, at) => draw(random, at)),
  )
}
const normal = (random: RandomStream) => random.normal()

describe('measures of components', () => {
  it('know the excess kurtosis of uniform, normal and Laplace components', () => {
    const laplace = (random: RandomStream) => Math.sign(random.uniform() - 0.5) * Math.log(1 - random.uniform())
    const mixed = drawn(40_000, 3, (random, at) => [random.uniform(), random.normal(), laplace(random)][at % 3]!)
    const { excessKurtosis } = componentMeasures(mixed)
    expect(excessKurtosis[0]).toBeCloseTo(-1.2, 1)
    expect(Math.abs(excessKurtosis[1]!)).toBeLessThan(0.15)
    expect(Math.abs(excessKurtosis[2]! - 3)).toBeLessThan(0.6)
  })

  it('tell independent components from dependent ones by what chance gives', () => {
    const { meanAbsoluteCorrelation, nullAbsoluteCorrelation } = componentMeasures(drawn(2000, 12, normal))
    expect(meanAbsoluteCorrelation! / nullAbsoluteCorrelation).toBeCloseTo(1, 0)
    const shared = drawn(2000, 12, normal)
    for (let i = 0; i < 2000; i++) for (let j = 1; j < 12; j++) shared.values[i * 12 + j]! += shared.values[i * 12]!
    expect(componentMeasures(shared).meanAbsoluteCorrelation! / nullAbsoluteCorrelation).toBeGreaterThan(10)
  })

  it('have no number for a single or a constant component', () => {
    const constant = componentMeasures(drawn(10, 1, () => 0.1))
    expect(constant).toMatchObject({ meanAbsoluteCorrelation: null, excessKurtosis: [null] })
  })

  it('measure the coupling of two sides component by component', () => {
    const first = drawn(3000, 3, normal)
    const noise = drawn(3000, 3, normal, 2)
    const second = realMatrix(
      3000,
      3,
      first.values.map((value, at) => [-value, value + noise.values[at]!, 7][at % 3]!),
    )
    const { correlations, mean } = coupling(first, second)
    expect(correlations[0]).toBeCloseTo(-1, 12)
    expect(correlations[1]).toBeCloseTo(Math.SQRT1_2, 1)
    expect(correlations[2]).toBeNull()
    expect(mean).toBeCloseTo((1 + correlations[1]!) / 2, 12)
  })
})

describe('evenness on the sphere', () => {
  it('is not doubted for even directions: p values are spread over [0, 1]', () => {
    const p = Array.from({ length: 60 }, (_, seed) => sphereUniformity(drawn(300, 5, normal, seed)))
    for (const test of ['rayleigh', 'bingham'] as const) {
      const low = p.filter((found) => found[test].p < 0.2).length
      expect(low).toBeGreaterThan(3)
      expect(low).toBeLessThan(24)
    }
    expect(p[0]!.meanLength / p[0]!.nullMeanLength).toBeCloseTo(1, 0)
  })

  it('is refuted where directions gather about a pole, and where they lie about a plane', () => {
    const pole = drawn(300, 5, (random, at) => random.normal() + (at % 5 === 0 ? 1 : 0))
    expect(sphereUniformity(pole).rayleigh.p).toBeLessThan(1e-6)
    const plane = drawn(300, 5, (random, at) => random.normal() * (at % 5 === 0 ? 0.3 : 1))
    expect(sphereUniformity(plane).rayleigh.p).toBeGreaterThan(1e-3)
    expect(sphereUniformity(plane).bingham.p).toBeLessThan(1e-6)
  })
})
