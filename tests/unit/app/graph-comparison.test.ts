import { describe, expect, it } from 'vitest'
import { compareGraphs } from '../../../src-main/app/graph-comparison.ts'
import { type Arc, digraph } from '../../../src-shared/graph/digraph.ts'
import { endsOfClass } from '../../../src-shared/graph/marked-graph.ts'

const graph = (title: string, names: readonly string[], arcs: readonly Arc[]) => ({
  title,
  names,
  edges: endsOfClass(digraph(names.length, arcs)),
})

const here = graph(
  'Run 1',
  ['Topology', 'Width', 'Stiffness'],
  [
    [0, 2],
    [1, 2],
  ],
)

describe('two graphs side by side', () => {
  it('agree where they have the same edges under the same names, whatever the order', () => {
    const there = graph(
      'Truth',
      ['stiffness', ' width', 'topology'],
      [
        [2, 0],
        [1, 0],
      ],
    )
    expect(compareGraphs(here, there)).toMatchObject({ shd: 0, cpdagShd: 0, shared: here.edges, unmatched: [] })
  })

  it('tell missing, extra and reversed edges apart', () => {
    // Stiffness -> Topology <- Width.
    const there = graph('Run 2', here.names, [
      [2, 0],
      [1, 0],
    ])
    expect(compareGraphs(here, there)).toMatchObject({
      shared: [],
      loose: [],
      reversed: [{ from: 0, to: 2 }],
      onlyHere: [{ from: 1, to: 2 }],
      onlyThere: [{ from: 1, to: 0 }],
      shd: 3,
      cpdagShd: 3,
    })
  })

  it('call no edge reversed whose direction one of them leaves open', () => {
    const chain = graph('Run 2', here.names, [
      [2, 0],
      [1, 2],
    ])
    expect(compareGraphs(here, chain)).toMatchObject({
      shared: [],
      reversed: [],
      loose: [
        { from: 0, to: 2 },
        { from: 1, to: 2 },
      ],
      shd: 1,
      cpdagShd: 2,
    })
  })

  it('leave out nodes that the other does not have, and say which', () => {
    const there = graph('Truth', ['Topology', 'Colour'], [[0, 1]])
    expect(compareGraphs(here, there)).toMatchObject({ unmatched: ['Colour'], onlyThere: [] })
  })

  it('cannot be compared without a common name', () => {
    expect(() => compareGraphs(here, graph('Truth', ['N1'], []))).toThrow(/no node of the same name/)
  })
})
