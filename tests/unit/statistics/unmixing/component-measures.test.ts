import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../../src-shared/random/stream.ts'
import { realMatrix } from '../../../../src-main/statistics/linear-algebra/real-matrix.ts'
import { componentMeasures } from '../../../../src-main/statistics/unmixing/component-measures.ts'

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
    const one = componentMeasures(drawn(50, 2, (random, at) => (at % 2 === 0 ? 7 : random.normal())))
    expect(one.meanAbsoluteCorrelation).toBeNull()
    expect(one.excessKurtosis[0]).toBeNull()
  })
})
