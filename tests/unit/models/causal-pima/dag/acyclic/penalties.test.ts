import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  logDeterminant,
  traceExponential,
} from '../../../../../../src-main/models/causal-pima/dag/acyclic/penalties.ts'
import {
  penalisedSearch,
  readAcyclic,
} from '../../../../../../src-main/models/causal-pima/dag/acyclic/penalised-search.ts'
import { edgesOf, isAcyclic } from '../../../../../../src-shared/graph/digraph.ts'
import { RandomStream } from '../../../../../../src-shared/random/stream.ts'

const size = 4
const strengths = fc
  .array(fc.double({ min: 0, max: 0.7, noNaN: true }), { minLength: size * size, maxLength: size * size })
  .map((values) => Float64Array.from(values, (e, at) => (Math.floor(at / size) === at % size ? 0 : e)))

describe.each([
  ['the trace of the exponential', traceExponential],
  ['the logarithm of the determinant', logDeterminant(3)],
])('%s', (_, penalty) => {
  it('is 0 for a DAG and above it for a circle', () => {
    const dag = new Float64Array(size * size)
    dag[1] = dag[2] = dag[7] = 0.9
    expect(penalty(dag, size).value).toBeCloseTo(0, 12)
    const circle = Float64Array.from(dag)
    circle[4] = 0.5
    expect(penalty(circle, size).value).toBeGreaterThan(0.01)
  })

  it('has the gradient of its finite differences', () => {
    fc.assert(
      fc.property(strengths, (at) => {
        const { gradient, value } = penalty(at, size)
        expect(value).toBeGreaterThan(-1e-12)
        const h = 1e-6
        for (let i = 0; i < at.length; i++) {
          if (Math.floor(i / size) === i % size) continue
          const moved = (by: number): number => penalty(at.with(i, at[i]! + by), size).value
          expect(gradient[i]).toBeCloseTo((moved(h) - moved(-h)) / (2 * h), 5)
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('what is read out of strengths', () => {
  it('has no circle: each is cut at its weakest edge', () => {
    const strength = Float64Array.from([0, 0.9, 0, 0, 0, 0.8, 0.7, 0, 0])
    expect(edgesOf(readAcyclic(strength, 3))).toEqual([
      [0, 1],
      [1, 2],
    ])
    fc.assert(
      fc.property(strengths, (at) =>
        isAcyclic(
          readAcyclic(
            at.map((e) => 1.4 * e),
            size,
          ),
        ),
      ),
    )
  })
})

describe.each(['notears', 'dagma'] as const)('%s on the objective of the Hodge block', (method) => {
  it('joins two nodes that depend on each other, and leaves a third alone', () => {
    // 0 and 1 are mostly alike, 2 is a coin.
    const values = [40, 40, 10, 10, 10, 10, 40, 40]
    const found = penalisedSearch(
      { categories: [2, 2, 2], values },
      { method, lambda: 0.01, steps: 800 },
      RandomStream.of(1, 'penalised'),
    )
    const joined = edgesOf(found).map((arc) => [...arc].sort((a, b) => a - b).join())
    expect(joined).toEqual(['0,1'])
  })
})
