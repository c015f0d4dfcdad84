import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digraph } from '../../../../src-shared/graph/digraph.ts'
import { isActive, pathsBetween } from '../../../../src-shared/graph/paths.ts'
import { everyPath, isOpenPath } from './active-paths.ts'
import { randomDag } from './random-dag.ts'

describe('paths between two nodes', () => {
  it('are all of them, the shortest first, each open as the definition says', () => {
    fc.assert(
      fc.property(randomDag(2, 6), fc.uniqueArray(fc.nat(5), { maxLength: 3 }), (dag, nodes) => {
        const given = nodes.filter((node) => node > 1 && node < dag.size)
        const { paths, complete } = pathsBetween(dag, 0, 1, 1000)
        expect(complete).toBe(true)
        expect(paths.map(String).sort()).toEqual(everyPath(dag, 0, 1).map(String).sort())
        expect(paths.map(({ length }) => length)).toEqual(paths.map(({ length }) => length).sort((a, b) => a - b))
        for (const path of paths) expect(isActive(dag, path, given)).toBe(isOpenPath(dag, path, given))
      }),
      { numRuns: 200 },
    )
  })

  it('say when there are more', () => {
    const diamond = digraph(4, [
      [0, 1],
      [0, 2],
      [1, 3],
      [2, 3],
    ])
    expect(pathsBetween(diamond, 0, 3, 1)).toEqual({ paths: [[0, 1, 3]], complete: false })
    expect(pathsBetween(diamond, 0, 3, 2).complete).toBe(true)
  })
})
