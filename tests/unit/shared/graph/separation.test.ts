import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digraph } from '../../../../src-shared/graph/digraph.ts'
import { dSeparated, setsSeparated } from '../../../../src-shared/graph/separation.ts'
import { separatedByEveryPath } from './active-paths.ts'
import { randomDag } from './random-dag.ts'

describe('d-separation', () => {
  it('agrees with the definition on every path of random DAGs', () => {
    const cases = randomDag(2, 6).chain((dag) =>
      fc.tuple(
        fc.constant(dag),
        fc.shuffledSubarray(
          Array.from({ length: dag.size }, (_, i) => i),
          { minLength: 2 },
        ),
      ),
    )
    fc.assert(
      fc.property(cases, ([dag, [from, to, ...given]]) => {
        expect(dSeparated(dag, from!, to!, given)).toBe(separatedByEveryPath(dag, from!, to!, given))
      }),
      { numRuns: 400 },
    )
  })

  it('separates sets where it separates all their pairs', () => {
    const cases = randomDag(4, 6).chain((dag) => {
      const nodes = Array.from({ length: dag.size }, (_, i) => i)
      return fc.tuple(fc.constant(dag), fc.shuffledSubarray(nodes, { minLength: 4 }))
    })
    fc.assert(
      fc.property(cases, ([dag, [a, b, c, ...given]]) => {
        const pairs = [a!, b!].every((from) => separatedByEveryPath(dag, from, c!, given))
        expect(setsSeparated(dag, [a!, b!], [c!], given)).toBe(pairs)
        expect(setsSeparated(dag, [c!], [a!, b!], given)).toBe(pairs)
      }),
    )
  })

  it('opens a collider through its descendant', () => {
    const dag = digraph(4, [
      [0, 1],
      [2, 1],
      [1, 3],
    ])
    expect(dSeparated(dag, 0, 2, [])).toBe(true)
    expect(dSeparated(dag, 0, 2, [3])).toBe(false)
  })
})
