import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Counts } from '../../../src-main/evidence/counts.ts'
import { enumerateDags } from '../../../src-main/evidence/dag-posterior.ts'
import { edgePosterior } from '../../../src-main/evidence/edge-posterior.ts'
import { familyScores, type Score } from '../../../src-main/evidence/family-score.ts'
import { tianHe } from '../../../src-main/evidence/tian-he.ts'

const scores: readonly Score[] = [{ kind: 'bdeu', equivalentSampleSize: 1 }, { kind: 'k2' }, { kind: 'bic' }]

const table: fc.Arbitrary<Counts> = fc
  .array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 })
  .chain((categories) =>
    fc
      .array(fc.double({ min: 0, max: 800, noNaN: true }), {
        minLength: categories.reduce((a, b) => a * b, 1),
        maxLength: categories.reduce((a, b) => a * b, 1),
      })
      .map((values) => ({ categories, values })),
  )

describe('the posterior over DAGs', () => {
  it('counts 1, 3, 25, 543 and 29,281 DAGs', () => {
    expect([1, 2, 3, 4, 5].map((size) => enumerateDags(size).length)).toEqual([1, 3, 25, 543, 29281])
  })

  it('is the same by inclusion and exclusion as by enumeration', () => {
    fc.assert(
      fc.property(table, fc.constantFrom(...scores), (counts, score) => {
        const counted = edgePosterior(counts, score)
        const summed = tianHe(familyScores(counts, score))
        expect(summed.logSum).toBeCloseTo(counted.logSum, 7)
        summed.directed.forEach((row, i) => row.forEach((p, j) => expect(p).toBeCloseTo(counted.directed[i]![j]!, 8)))
      }),
      { numRuns: 60 },
    )
  })

  it('sums over all 3,781,503 DAGs of six nodes when nothing tells them apart', () => {
    const counts = { categories: [2, 2, 2, 2, 2, 2], values: new Float64Array(64) }
    const { logSum, directed } = edgePosterior(counts, { kind: 'k2' })
    expect(Math.exp(logSum)).toBeCloseTo(3_781_503, 3)
    expect(directed[0]![1]).toBeCloseTo(directed[5]![2]!, 10)
  })

  it('keeps the direction open within an equivalence class under BDeu and BIC, not under K2', () => {
    const counts = { categories: [2, 2], values: [400, 100, 20, 480] }
    for (const score of scores) {
      const { directed, joined } = edgePosterior(counts, score)
      expect(joined[0]![1]).toBeGreaterThan(0.99)
      const gap = Math.abs(directed[0]![1]! - directed[1]![0]!)
      if (score.kind === 'k2') expect(gap).toBeGreaterThan(1e-3)
      else expect(gap).toBeLessThan(1e-9)
    }
  })

  it('joins nothing where nothing depends on anything', () => {
    const values = Float64Array.from({ length: 8 }, (_, a) => 4000 * (a & 4 ? 0.7 : 0.3) * (a & 2 ? 0.4 : 0.6) * 0.5)
    const { joined } = edgePosterior({ categories: [2, 2, 2], values }, { kind: 'bdeu', equivalentSampleSize: 1 })
    expect(Math.max(...joined.flat())).toBeLessThan(0.1)
  })
})
