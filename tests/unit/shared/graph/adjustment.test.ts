import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAdjustmentSet, minimalAdjustmentSets } from '../../../../src-shared/graph/adjustment.ts'
import type { Digraph } from '../../../../src-shared/graph/digraph.ts'
import { descendantsOf, digraph, hasEdge, parentsOf } from '../../../../src-shared/graph/digraph.ts'
import { everyPath, isOpenPath } from './active-paths.ts'
import { membersByTrial } from './members-by-trial.ts'
import { randomDag } from './random-dag.ts'

/** Pearl's definition: no descendant of the cause, and every path that enters the cause is blocked. */
function servesByDefinition(dag: Digraph, cause: number, outcome: number, set: readonly number[]): boolean {
  const descendants = descendantsOf(dag, [cause])
  if (set.some((node) => node === outcome || descendants[node] === 1)) return false
  return everyPath(dag, cause, outcome)
    .filter((path) => hasEdge(dag, path[1]!, cause))
    .every((path) => !isOpenPath(dag, path, set))
}

function subsets(nodes: readonly number[]): number[][] {
  return nodes.reduce<number[][]>((all, node) => [...all, ...all.map((set) => [...set, node])], [[]])
}

const others = (dag: Digraph): number[] => Array.from({ length: dag.size - 2 }, (_, i) => i + 2)

describe('adjustment sets', () => {
  it('are those of the back-door criterion, on random DAGs', () => {
    fc.assert(
      fc.property(randomDag(2, 6), (dag) => {
        for (const set of subsets(others(dag)))
          expect(isAdjustmentSet(dag, 0, 1, set)).toBe(servesByDefinition(dag, 0, 1, set))
      }),
      { numRuns: 150 },
    )
  })

  it('are listed once and minimal, and serve in every DAG of the class', () => {
    fc.assert(
      fc.property(randomDag(2, 5), (dag) => {
        const members = membersByTrial(dag)
        const serving = subsets(others(dag)).filter((set) =>
          members.every((member) => servesByDefinition(member, 0, 1, set)),
        )
        const minimal = serving.filter(
          (set) =>
            !serving.some((smaller) => smaller.length < set.length && smaller.every((node) => set.includes(node))),
        )
        expect(minimalAdjustmentSets(members, 0, 1).map(String).sort()).toEqual(minimal.map(String).sort())
      }),
      { numRuns: 150 },
    )
  })

  it('leave a collider alone that would open a path', () => {
    // Greenland's M: nothing needs to be held, and holding the collider alone would open a path.
    const m = digraph(5, [
      [2, 0],
      [2, 3],
      [4, 3],
      [4, 1],
      [0, 1],
    ])
    expect(minimalAdjustmentSets([m], 0, 1)).toEqual([[]])
    expect(isAdjustmentSet(m, 0, 1, [3])).toBe(false)
    expect(isAdjustmentSet(m, 0, 1, [3, 4])).toBe(true)
    expect(isAdjustmentSet(m, 0, 1, parentsOf(m, 0))).toBe(true)
  })

  it('has none where the outcome drives the cause', () => {
    expect(minimalAdjustmentSets([digraph(2, [[1, 0]])], 0, 1)).toEqual([])
  })
})
