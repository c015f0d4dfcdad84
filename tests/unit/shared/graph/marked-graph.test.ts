import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digraph, edgesOf } from '../../../../src-shared/graph/digraph.ts'
import { cpdagDistance } from '../../../../src-shared/graph/distance.ts'
import { type Edge, isDirected, isOpen, type Standing, turned } from '../../../../src-shared/graph/edge.ts'
import { edgeText } from '../../../../src-shared/graph/edge-words.ts'
import { markovEquivalent } from '../../../../src-shared/graph/equivalence.ts'
import {
  dagOf,
  endsOfClass,
  markedDistance,
  named,
  namedEdges,
  namedEndsOfClass,
} from '../../../../src-shared/graph/marked-graph.ts'
import { randomDag } from './random-dag.ts'

describe('the edges of a DAG with the marks of its class', () => {
  it('have an arrow where the data fix the direction and two tails where they do not', () => {
    const collider = digraph(4, [
      [0, 1],
      [2, 1],
      [1, 3],
    ])
    const names = ['a', 'b', 'c', 'd']
    expect(named(endsOfClass(collider), (node) => names[node]!).map(edgeText)).toEqual([
      'a --> b',
      'b --> d',
      'c --> b',
    ])
    expect(
      namedEndsOfClass([
        ['x', 'y'],
        ['y', 'z'],
      ]).map(edgeText),
    ).toEqual(['x --- y', 'y --- z'])
  })

  it('keep the DAG, and are either directed or open', () => {
    fc.assert(
      fc.property(randomDag(2, 5), (dag) => {
        const edges = endsOfClass(dag)
        expect(edgesOf(dagOf(dag.size, edges))).toEqual(edgesOf(dag))
        for (const edge of edges) expect(isDirected(edge) !== isOpen(edge)).toBe(true)
      }),
    )
  })

  it('are the same for two DAGs exactly where these are Markov equivalent', () => {
    fc.assert(
      fc.property(randomDag(4, 4), randomDag(4, 4), (first, second) => {
        const distance = markedDistance(endsOfClass(first), endsOfClass(second))
        expect(distance).toBe(cpdagDistance(first, second))
        expect(distance === 0).toBe(markovEquivalent(first, second))
      }),
    )
  })

  it('refuse a cycle', () => {
    expect(() =>
      namedEndsOfClass([
        ['a', 'b'],
        ['b', 'a'],
      ]),
    ).toThrow(RangeError)
  })
})

describe('edges as they travel without their graph', () => {
  const edge = (standing: Standing): Edge => ({
    from: 0,
    to: 1,
    fromMark: 'tail',
    toMark: 'arrow',
    strength: 1,
    support: { posterior: null, replicates: null, restarts: null },
    standing,
  })

  it('show no head before replicates have tested them', () => {
    const nodes = [{ name: 'a' }, { name: 'b' }]
    const text = (standing: Standing): string[] => namedEdges({ nodes, edges: [edge(standing)] }).map(edgeText)
    expect(text('provisional')).toEqual(['a --- b'])
    expect(text('supported')).toEqual(['a --> b'])
  })
})

describe('markedDistance', () => {
  it('sees circles and double heads, whichever end an edge is told from', () => {
    const edge = { from: 0, to: 1, fromMark: 'circle', toMark: 'arrow' } as const
    expect(markedDistance([edge], [turned(edge)])).toBe(0)
    expect(markedDistance([edge], [{ ...edge, fromMark: 'arrow' }])).toBe(1)
    expect(markedDistance([edge], [])).toBe(1)
  })
})
