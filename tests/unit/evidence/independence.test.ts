import { describe, expect, it } from 'vitest'
import { testImpliedIndependences } from '../../../src-main/evidence/implied-independences.ts'
import { testIndependence } from '../../../src-main/evidence/independence.ts'
import { digraph } from '../../../src-shared/graph/digraph.ts'

const settings = { alpha: 0.05, power: 0.8 }

describe('tests of independence', () => {
  it('computes G, its p-value and Cramér’s V of a two by two table', () => {
    const test = testIndependence({ categories: [2, 2], values: [30, 10, 15, 45] }, 0, 1, [], settings)
    // By hand: 2 sum N ln(N / expected) and sqrt(X2 / n) of expected counts 18, 22, 27, 33.
    expect(test.statistic).toBeCloseTo(25.16073, 4)
    expect(test.freedom).toBe(1)
    expect(test.cramersV).toBeCloseTo(0.49237, 4)
  })

  it('finds nothing between causes of one thing, and their dependence once it is given', () => {
    const p = (x: number, y: number): number => [0.9, 0.2, 0.2, 0.1][x * 2 + y]!
    const values = Array.from({ length: 8 }, (_, at) => {
      const [x, y, c] = [at >> 2, (at >> 1) & 1, at & 1]
      return 250 * (c === 1 ? p(x, y) : 1 - p(x, y))
    })
    const counts = { categories: [2, 2, 2], values }
    expect(testIndependence(counts, 0, 1, [], settings).p).toBeCloseTo(1, 6)
    expect(testIndependence(counts, 0, 1, [2], settings).p).toBeLessThan(1e-6)
  })

  it('says how small a dependence so many samples would have shown: sqrt(7.849 / n) for one degree of freedom', () => {
    const test = testIndependence({ categories: [2, 2], values: [250, 250, 250, 250] }, 0, 1, [], settings)
    expect(test.detectableV).toBeCloseTo(Math.sqrt(7.8489 / 1000), 4)
  })

  it('can neither deny nor detect anything about a node that never varies', () => {
    const test = testIndependence({ categories: [2, 2], values: [500, 500, 0, 0] }, 0, 1, [], settings)
    expect(test).toMatchObject({ p: 1, freedom: 0, cramersV: 0, detectableV: 1 })
  })

  it('names the independence of a chain that the counts deny', () => {
    // c follows a beside b: a -> b -> c says that a and c are independent given b.
    const values = Array.from({ length: 8 }, (_, at) => {
      const [a, b, c] = [at >> 2, (at >> 1) & 1, at & 1]
      const pc = 0.2 + 0.3 * a + 0.3 * b
      return 500 * (a === b ? 0.8 : 0.2) * (c === 1 ? pc : 1 - pc)
    })
    const chain = digraph(3, [
      [0, 1],
      [1, 2],
    ])
    const [worst] = testImpliedIndependences({ categories: [2, 2, 2], values }, chain, settings)
    expect(worst).toMatchObject({ a: 0, b: 2, given: [1] })
    expect(worst!.corrected).toBeLessThan(1e-6)
  })
})
