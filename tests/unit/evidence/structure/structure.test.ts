import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bestDag, graphScore, scoreFamilies } from '../../../../src-main/evidence/best-dag.ts'
import { enumerateDags } from '../../../../src-main/evidence/dag-posterior.ts'
import { members } from '../../../../src-main/evidence/family-score.ts'
import { ges } from '../../../../src-main/evidence/structure/ges.ts'
import { extension, pc } from '../../../../src-main/evidence/structure/pc.ts'
import { type Arc, digraph, type Digraph, edgesOf } from '../../../../src-shared/graph/digraph.ts'
import { cpdag, markovEquivalent } from '../../../../src-shared/graph/equivalence.ts'
import { dSeparated } from '../../../../src-shared/graph/separation.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'

const dags = enumerateDags(5).map((parents) =>
  digraph(
    5,
    parents.flatMap((mask, to) => members(mask).map((from): Arc => [from, to])),
  ),
)
const anyDag = fc.nat(dags.length - 1).map((at) => dags[at]!)

describe('PC', () => {
  it('finds the class of a DAG whose independences it is told', () => {
    fc.assert(
      fc.property(anyDag, (dag) => {
        const test = (a: number, b: number, given: readonly number[]): number => Number(dSeparated(dag, a, b, given))
        expect(edgesOf(pc(5, test, 0.5))).toEqual(edgesOf(cpdag(dag)))
      }),
    )
  })
})

describe('the extension of a pattern', () => {
  it('is a member of its class', () => {
    fc.assert(
      fc.property(anyDag, (dag) => {
        const member = extension(cpdag(dag))
        expect(member).not.toBeNull()
        expect(markovEquivalent(member!, dag)).toBe(true)
      }),
    )
  })

  it('is none where a circle cannot be avoided', () => {
    const circle = digraph(3, [
      [0, 1],
      [1, 2],
      [2, 0],
    ])
    expect(extension(circle)).toBeNull()
  })
})

/** Joint of binary nodes that follow a DAG with tables drawn at random, times n. */
function exact(dag: Digraph, n: number, random: RandomStream): Float64Array {
  const tables = Array.from({ length: dag.size }, () => Array.from({ length: 2 ** dag.size }, () => random.uniform()))
  return Float64Array.from({ length: 2 ** dag.size }, (_, a) => {
    const bit = (node: number): number => (a >> (dag.size - 1 - node)) & 1
    return tables.reduce((product, table, node) => {
      const row = edgesOf(dag).reduce((at, [from, to]) => (to === node ? 2 * at + bit(from) : at), 0)
      return product * (bit(node) === 1 ? table[row]! : 1 - table[row]!)
    }, n)
  })
}

describe('greedy equivalence search', () => {
  it('ends in a class that is seldom worse than the best and never better', () => {
    let [same, all] = [0, 0]
    fc.assert(
      fc.property(anyDag, fc.nat(1000), (dag, seed) => {
        const random = RandomStream.of(seed, 'ges')
        const families = scoreFamilies({ categories: [2, 2, 2, 2, 2], values: exact(dag, 1e6, random) })
        const found = extension(ges(families))
        expect(found).not.toBeNull()
        expect(edgesOf(cpdag(found!))).toEqual(edgesOf(ges(families)))
        const [score, best] = [graphScore(families, found!), graphScore(families, bestDag(families, random))]
        expect(score).toBeLessThan(best + 1e-3)
        all++
        if (score > best - 1e-3) same++
      }),
      { numRuns: 60, seed: 5 },
    )
    expect(same / all).toBeGreaterThan(0.9)
  })
})
