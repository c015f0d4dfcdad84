import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Arc, Digraph } from '../../../../src-shared/graph/digraph.ts'
import { digraph, edgesOf, isAcyclic } from '../../../../src-shared/graph/digraph.ts'
import { cpdag, markovEquivalent, meekClosure } from '../../../../src-shared/graph/equivalence.ts'
import { membersByTrial } from './members-by-trial.ts'
import { randomDag } from './random-dag.ts'

function union(graphs: readonly Digraph[]): Digraph {
  return digraph(graphs[0]!.size, graphs.flatMap(edgesOf))
}

describe('Markov equivalence', () => {
  it('draws the CPDAG as the union of all DAGs with the same skeleton and v-structures', () => {
    fc.assert(
      fc.property(randomDag(1, 5), (dag) => {
        const members = membersByTrial(dag)
        const pattern = union(members)
        for (const member of members) {
          expect(cpdag(member)).toEqual(pattern)
          expect(markovEquivalent(member, dag)).toBe(true)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('has different CPDAGs exactly for DAGs that are not equivalent', () => {
    fc.assert(
      fc.property(randomDag(3, 3), randomDag(3, 3), (first, second) => {
        const equal = JSON.stringify(edgesOf(cpdag(first))) === JSON.stringify(edgesOf(cpdag(second)))
        expect(markovEquivalent(first, second)).toBe(equal)
      }),
    )
  })

  it('counts 11 classes among the 25 DAGs of three nodes', () => {
    const patterns = new Set<string>()
    let dags = 0
    for (let code = 0; code < 64; code++) {
      const pairs: Arc[] = [
        [0, 1],
        [1, 0],
        [0, 2],
        [2, 0],
        [1, 2],
        [2, 1],
      ]
      const graph = digraph(
        3,
        pairs.filter((_, bit) => ((code >> bit) & 1) === 1),
      )
      if (!isAcyclic(graph)) continue
      dags++
      patterns.add(JSON.stringify(edgesOf(cpdag(graph))))
    }
    expect(dags).toBe(25)
    expect(patterns.size).toBe(11)
  })

  it("applies Meek's fourth rule to a pattern with background knowledge", () => {
    // 0 - 1, 0 - 2, 0 - 3, 3 -> 2 -> 1, and 1, 3 not adjacent: 0 -> 1 follows.
    const pattern = digraph(4, [
      [0, 1],
      [1, 0],
      [0, 2],
      [2, 0],
      [0, 3],
      [3, 0],
      [3, 2],
      [2, 1],
    ])
    const closed = edgesOf(meekClosure(pattern)).map(([a, b]) => `${a}${b}`)
    expect(closed).toContain('01')
    expect(closed).not.toContain('10')
    expect(closed).toEqual(expect.arrayContaining(['02', '20', '03', '30']))
  })

  it('refuses a graph with a cycle', () => {
    const cyclic = digraph(2, [
      [0, 1],
      [1, 0],
    ])
    expect(() => cpdag(cyclic)).toThrow(RangeError)
  })
})
