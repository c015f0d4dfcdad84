import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bic } from '../../../src-main/models/causal-pima/dag/bic.ts'
import { bestDag, graphScore, scoreFamilies } from '../../../src-main/evidence/best-dag.ts'
import type { Arc } from '../../../src-shared/graph/digraph.ts'
import { digraph, isAcyclic } from '../../../src-shared/graph/digraph.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'

const table = fc
  .array(fc.integer({ min: 2, max: 3 }), { minLength: 1, maxLength: 3 })
  .chain((categories) => {
    const outcomes = categories.reduce((product, k) => product * k, 1)
    const counts = fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: outcomes, maxLength: outcomes })
    return fc.record({ categories: fc.constant(categories), counts })
  })
  .filter(({ counts }) => counts.some((count) => count > 1))

function allDags(size: number) {
  const pairs: Arc[] = []
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) if (i !== j) pairs.push([i, j])
  return Array.from({ length: 2 ** pairs.length }, (_, code) =>
    digraph(
      size,
      pairs.filter((_, bit) => ((code >> bit) & 1) === 1),
    ),
  ).filter(isAcyclic)
}

describe('exact search for the best DAG', () => {
  it('finds the highest BIC of all DAGs', () => {
    fc.assert(
      fc.property(table, fc.integer(), ({ categories, counts }, seed) => {
        const families = scoreFamilies({ categories, values: counts })
        const best = bestDag(families, RandomStream.of(seed, 'search'))
        const highest = Math.max(...allDags(categories.length).map((dag) => bic(counts, categories, dag)))
        expect(isAcyclic(best)).toBe(true)
        expect(bic(counts, categories, best)).toBeGreaterThan(highest - 1e-6)
        expect(graphScore(families, best)).toBeCloseTo(bic(counts, categories, best), 6)
      }),
      { numRuns: 60 },
    )
  })
})
