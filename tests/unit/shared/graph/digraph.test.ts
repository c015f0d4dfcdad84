import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ancestorsOf,
  childrenOf,
  descendantsOf,
  digraph,
  digraphFromMatrix,
  edgesOf,
  findCycle,
  hasEdge,
  isAcyclic,
  parentsOf,
  relabel,
  skeleton,
  topologicalOrder,
} from '../../../../src-shared/graph/digraph.ts'
import { randomDag } from './random-dag.ts'

describe('directed graphs', () => {
  it('tells a DAG from a graph with a cycle, and names the cycle', () => {
    const cyclic = digraph(5, [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 1],
      [3, 4],
    ])
    expect(isAcyclic(cyclic)).toBe(false)
    expect(topologicalOrder(cyclic)).toBeNull()
    expect(findCycle(cyclic)).toEqual([1, 2, 3])
  })

  it('orders every DAG so that all edges point forward', () => {
    fc.assert(
      fc.property(randomDag(0, 7), (dag) => {
        const order = topologicalOrder(dag)
        expect(order).not.toBeNull()
        expect(findCycle(dag)).toBeNull()
        for (const [from, to] of edgesOf(dag)) expect(order!.indexOf(from)).toBeLessThan(order!.indexOf(to))
      }),
    )
  })

  it('finds ancestors and descendants as each other turned around', () => {
    fc.assert(
      fc.property(randomDag(1, 7), (dag) => {
        for (let i = 0; i < dag.size; i++) {
          const below = descendantsOf(dag, [i])
          for (let j = 0; j < dag.size; j++) expect(ancestorsOf(dag, [j])[i]).toBe(below[j])
        }
      }),
    )
  })

  it('reads a matrix above a threshold and leaves its diagonal out', () => {
    const graph = digraphFromMatrix(
      [
        [1, 0.51],
        [0.5, 1],
      ],
      0.5,
    )
    expect(edgesOf(graph)).toEqual([[0, 1]])
    expect(parentsOf(graph, 1)).toEqual([0])
    expect(childrenOf(graph, 0)).toEqual([1])
    expect(edgesOf(skeleton(graph))).toEqual([
      [0, 1],
      [1, 0],
    ])
  })

  it('renames nodes', () => {
    const renamed = relabel(digraph(3, [[0, 1]]), [2, 0, 1])
    expect(hasEdge(renamed, 2, 0)).toBe(true)
    expect(edgesOf(renamed)).toHaveLength(1)
  })

  it('refuses edges of nodes that are not there and edges to oneself', () => {
    expect(() => digraph(2, [[0, 2]])).toThrow(RangeError)
    expect(() => digraph(2, [[1, 1]])).toThrow(RangeError)
  })
})
