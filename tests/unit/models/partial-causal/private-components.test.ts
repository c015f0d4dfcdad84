import { describe, expect, it } from 'vitest'
import { privateComponents, type PrivateRules } from '../../../../src-main/models/partial-causal/private-components.ts'
import { correlation } from '../../../../src-main/statistics/correlation.ts'
import { realMatrix, type RealMatrix } from '../../../../src-main/statistics/linear-algebra/real-matrix.ts'
import { whole } from '../../../../src-main/statistics/piecewise.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'

const n = 900
const rules: PrivateRules = { most: 4, maxIterations: 200, tolerance: 1e-4, seed: 1 }
const all = Array.from({ length: n }, (_, row) => row)
const fitted = all.filter((row) => row % 10 > 0)
const measured = all.filter((row) => row % 10 === 0)

const draw = (name: string, of: (random: RandomStream) => number): Float64Array => {
  const random = RandomStream.of(5, name)
  return Float64Array.from({ length: n }, () => of(random))
}
const uniform = (name: string): Float64Array => draw(name, (random) => random.uniform() - 0.5)
const normal = (name: string): Float64Array => draw(name, (random) => random.normal())

/** A measurement of 12 numbers with a little noise. */
function measure(of: (row: number, k: number) => number): RealMatrix {
  const random = RandomStream.of(5, 'noise')
  return realMatrix(
    n,
    12,
    Float64Array.from({ length: n * 12 }, (_, at) => of(Math.floor(at / 12), at % 12) + 0.02 * random.normal()),
  )
}
const nothing = realMatrix(n, 0)
const found = ({ values }: { values: RealMatrix }, truth: Float64Array): number[] =>
  Array.from({ length: values.columns }, (_, c) =>
    Math.abs(
      correlation(
        truth,
        Float64Array.from(all, (row) => values.values[row * values.columns + c]!),
      ),
    ),
  )

describe('what a measurement varies in alone', () => {
  it('comes back as independent components where causes are not Gaussian', () => {
    const [a, b] = [uniform('a'), uniform('b')]
    const own = measure((row, k) => a[row]! * Math.sin(k) + b[row]! * Math.sin(k + 0.9))
    const parts = whole(privateComponents(own, nothing, fitted, measured, rules))
    expect(parts.values.columns).toBe(2)
    expect(Math.max(...found(parts, a))).toBeGreaterThan(0.98)
    expect(Math.max(...found(parts, b))).toBeGreaterThan(0.98)
    expect(Math.min(...parts.halves)).toBeGreaterThan(0.95)
    expect(parts.explained[0]! + parts.explained[1]!).toBeGreaterThan(0.95)
  })

  it('is laid along the largest variance where causes are Gaussian: a slope and an offset', () => {
    const [slope, offset] = [normal('slope'), normal('offset')]
    const line = measure((row, k) => offset[row]! + slope[row]! * (k / 5.5 - 1))
    const parts = whole(privateComponents(line, nothing, fitted, measured, rules))
    expect(found(parts, offset)[0]).toBeGreaterThan(0.99)
    expect(found(parts, slope)[1]).toBeGreaterThan(0.99)
    expect(parts.explained[0]).toBeGreaterThan(parts.explained[1]!)
  })

  it('has axes that halves of the samples lay otherwise where nothing fixes them', () => {
    const [east, north] = [normal('east'), normal('north')]
    const plane = measure((row, k) => (k < 6 ? east[row]! * Math.sin(k + 1) : north[row]! * Math.sin(k - 5)))
    const parts = whole(privateComponents(plane, nothing, fitted, measured, rules))
    expect(parts.values.columns).toBe(2)
    expect(Math.min(...parts.halves)).toBeLessThan(0.95)
  })

  it('lacks what its coupled components tell, bent or not', () => {
    const [shared, own] = [uniform('shared'), uniform('own')]
    const both = measure((row, k) => shared[row]! + 4 * shared[row]! ** 2 * Math.cos(k) + own[row]! * Math.sin(k))
    const told = realMatrix(n, 1, shared)
    const parts = whole(privateComponents(both, told, fitted, measured, rules))
    expect(parts.values.columns).toBe(1)
    expect(found(parts, own)[0]).toBeGreaterThan(0.99)
    expect(found(parts, shared)[0]).toBeLessThan(0.1)
  })

  it('is nothing where all of it is shared, or noise', () => {
    const shared = uniform('shared')
    const all12 = measure((row, k) => shared[row]! * Math.cos(k))
    expect(whole(privateComponents(all12, realMatrix(n, 1, shared), fitted, measured, rules)).explained).toEqual([])
  })
})
