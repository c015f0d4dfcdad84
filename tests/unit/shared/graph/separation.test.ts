import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Digraph } from '../../../../src-shared/graph/digraph.ts'
import { descendantsOf, digraph, hasEdge, isAdjacent } from '../../../../src-shared/graph/digraph.ts'
import { dSeparated } from '../../../../src-shared/graph/separation.ts'
import { randomDag } from './random-dag.ts'

/** Pearl's definition, path by path. */
function separatedByEveryPath(dag: Digraph, from: number, to: number, given: readonly number[]): boolean {
  const isActive = (path: readonly number[]): boolean =>
    path.slice(1, -1).every((node, at) => {
      const collider = hasEdge(dag, path[at]!, node) && hasEdge(dag, path[at + 2]!, node)
      return collider ? given.some((z) => descendantsOf(dag, [node])[z] === 1) : !given.includes(node)
    })
  const search = (path: number[]): boolean => {
    const last = path.at(-1)!
    if (last === to) return isActive(path)
    for (let next = 0; next < dag.size; next++) {
      if (!path.includes(next) && isAdjacent(dag, last, next) && search([...path, next])) return true
    }
    return false
  }
  return !search([from])
}

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
