import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Arc, Digraph } from '../../../../src-shared/graph/digraph.ts'
import { digraph, digraphFromMatrix, edgesOf, parentsOf } from '../../../../src-shared/graph/digraph.ts'
import { edgeAuroc } from '../../../../src-shared/graph/auroc.ts'
import {
  cpdagDistance,
  structuralHammingDistance,
  structuralInterventionDistance,
} from '../../../../src-shared/graph/distance.ts'
import { markovEquivalent } from '../../../../src-shared/graph/equivalence.ts'
import { randomDag } from './random-dag.ts'

const pairOfDags = fc
  .integer({ min: 1, max: 5 })
  .chain((size) => fc.tuple(randomDag(size, size), randomDag(size, size)))

/**
 * Is the effect of i on j estimated through `estimate`'s parents of i right in linear-Gaussian models of `truth`? Tried
 * on random weights: a wrong adjustment is right only by coincidence.
 */
function interventionDistanceByRegression(truth: Digraph, estimate: Digraph): number {
  const n = truth.size
  let wrong = 0
  for (let i = 0; i < n; i++) {
    const parents = parentsOf(estimate, i)
    for (let j = 0; j < n; j++) {
      if (i === j) continue
      const right = [1, 2, 3].every((draw) => {
        const weight = (a: number, b: number): number => 0.6 + 0.8 * Math.abs(Math.sin(37 * draw + 11 * a + 5 * b))
        const total = totalEffects(truth, weight)
        const covariance = Array.from({ length: n }, (_, a) =>
          Array.from({ length: n }, (_, b) =>
            total.reduce((sum, row, k) => sum + row[a]! * row[b]! * (1 + 0.3 * k), 0),
          ),
        )
        const estimated = parents.includes(j) ? 0 : regression(covariance, [i, ...parents], j)[0]!
        return Math.abs(estimated - total[i]![j]!) < 1e-9
      })
      if (!right) wrong++
    }
  }
  return wrong
}

/** total[i][j]: effect of one unit of noise of i on j, the sum over directed paths. */
function totalEffects(dag: Digraph, weight: (a: number, b: number) => number): number[][] {
  const n = dag.size
  const total = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j): number => (i === j ? 1 : 0)))
  for (let hop = 0; hop < n; hop++) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        if (i === j) continue
        total[i]![j] = parentsOf(dag, j).reduce((sum, p) => sum + total[i]![p]! * weight(p, j), 0)
      }
    }
  }
  return total
}

function regression(covariance: number[][], on: number[], target: number): number[] {
  const a = on.map((r) => [...on.map((c) => covariance[r]![c]!), covariance[r]![target]!])
  for (let p = 0; p < on.length; p++) {
    for (let r = 0; r < on.length; r++) {
      if (r === p) continue
      const factor = a[r]![p]! / a[p]![p]!
      for (let c = p; c <= on.length; c++) a[r]![c]! -= factor * a[p]![c]!
    }
  }
  return a.map((row, p) => row[on.length]! / row[p]!)
}

describe('distances between graphs', () => {
  it('SHD is a metric: zero for the same graph only, symmetric, triangle inequality', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }).chain((n) => fc.tuple(randomDag(n, n), randomDag(n, n), randomDag(n, n))),
        ([a, b, c]) => {
          const ab = structuralHammingDistance(a, b)
          expect(ab).toBe(structuralHammingDistance(b, a))
          expect(ab === 0).toBe(JSON.stringify(edgesOf(a)) === JSON.stringify(edgesOf(b)))
          expect(ab).toBeLessThanOrEqual(structuralHammingDistance(a, c) + structuralHammingDistance(c, b))
        },
      ),
    )
  })

  it('CPDAG-SHD is zero exactly for Markov-equivalent DAGs', () => {
    fc.assert(
      fc.property(pairOfDags, ([a, b]) => {
        expect(cpdagDistance(a, b) === 0).toBe(markovEquivalent(a, b))
      }),
    )
  })

  it("SID gives the numbers of Peters and Buehlmann's example", () => {
    const effects = (parents: number[]): Arc[] => parents.flatMap((x) => [2, 3, 4].map((y): Arc => [x, y]))
    const truth = digraph(5, [[0, 1], ...effects([0, 1])])
    const oneMore = digraph(5, [[0, 1], ...effects([0, 1]), [2, 3]])
    const reversed = digraph(5, [[1, 0], ...effects([0, 1])])
    expect(structuralInterventionDistance(truth, oneMore)).toBe(0)
    expect(structuralInterventionDistance(truth, reversed)).toBe(8)
    expect(structuralHammingDistance(truth, reversed)).toBe(1)
  })

  it('SID of a graph with itself is zero', () => {
    fc.assert(
      fc.property(randomDag(1, 6), (dag) => {
        expect(structuralInterventionDistance(dag, dag)).toBe(0)
      }),
    )
  })

  it('SID agrees with effects estimated by regression in linear models', () => {
    fc.assert(
      fc.property(pairOfDags, ([truth, estimate]) => {
        expect(structuralInterventionDistance(truth, estimate)).toBe(interventionDistanceByRegression(truth, estimate))
      }),
      { numRuns: 150 },
    )
  })

  it('edge AUROC is 1 for the truth itself, one half for constant scores, undefined without edges', () => {
    const truth = digraph(3, [[0, 1]])
    expect(
      edgeAuroc(truth, [
        [0, 0.9, 0.1],
        [0, 0, 0.2],
        [0, 0, 0],
      ]),
    ).toBe(1)
    expect(
      edgeAuroc(truth, [
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ]),
    ).toBe(0.5)
    expect(
      edgeAuroc(digraph(3, []), [
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ]),
    ).toBeNull()
    const both = digraphFromMatrix([
      [0, 1],
      [1, 0],
    ])
    expect(
      edgeAuroc(both, [
        [0, 1],
        [1, 0],
      ]),
    ).toBeNull()
  })
})
