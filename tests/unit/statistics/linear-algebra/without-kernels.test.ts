import { describe, expect, it, vi } from 'vitest'
import { RandomStream } from '../../../../src-shared/random/stream.ts'
import { realMatrix } from '../../../../src-main/statistics/linear-algebra/real-matrix.ts'

/** A thousand rows of 30 mixed components: enough that every product goes through the kernels where there are any. */
function mixed() {
  const random = RandomStream.of(5, 'without kernels')
  return realMatrix(
    1000,
    30,
    Float64Array.from({ length: 30_000 }, (_, at) => random.normal() ** (at % 2 === 0 ? 3 : 1)),
  )
}

async function components() {
  vi.resetModules()
  const { fastIca } = await import('../../../../src-main/statistics/unmixing/fast-ica.ts')
  return fastIca(mixed(), { components: 28, seed: 0, maxIterations: 5 })
}

describe('where kernels were not compiled', () => {
  it('plain loops come to the same components', async () => {
    const compiled = await components()
    vi.doMock('../../../../src-main/statistics/linear-algebra/kernels.ts', () => ({ linearAlgebraKernels: () => null }))
    const plain = await components()
    expect(plain.iterations).toBe(compiled.iterations)
    plain.sources.values.forEach((value, at) => {
      expect(Math.abs(value - compiled.sources.values[at]!)).toBeLessThan(1e-8)
    })
    expect(plain.sources.values).not.toEqual(compiled.sources.values)
  })
})
