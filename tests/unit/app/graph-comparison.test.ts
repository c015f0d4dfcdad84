import { describe, expect, it } from 'vitest'
import { compareGraphs, type NamedGraph } from '../../../src-main/app/graph-comparison.ts'
import { proposeMapping } from '../../../src-main/app/node-mapping.ts'
import { type Arc, digraph } from '../../../src-shared/graph/digraph.ts'
import { endsOfClass } from '../../../src-shared/graph/marked-graph.ts'

const graph = (title: string, names: readonly string[], arcs: readonly Arc[]) => ({
  title,
  names,
  edges: endsOfClass(digraph(names.length, arcs)),
  samples: { ids: [], labels: [] },
})

const compared = (there: NamedGraph) => compareGraphs(here, there, proposeMapping(here, there).proposed)

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
    expect(compared(there)).toMatchObject({ shd: 0, cpdagShd: 0, shared: here.edges, unmatched: [] })
  })

  it('tell missing, extra and reversed edges apart', () => {
    // Stiffness -> Topology <- Width.
    const there = graph('Run 2', here.names, [
      [2, 0],
      [1, 0],
    ])
    expect(compared(there)).toMatchObject({
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
    expect(compared(chain)).toMatchObject({
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
    expect(compared(there)).toMatchObject({ unmatched: ['Colour'], onlyThere: [] })
  })

  it('cannot be compared without a common node, nor with two nodes for one', () => {
    expect(() => compared(graph('Truth', ['N1'], []))).toThrow(/No node of Truth/)
    expect(() => compareGraphs(here, graph('Truth', ['A', 'B'], []), [0, 0])).toThrow(/cannot both be Topology/)
    expect(() => compareGraphs(here, graph('Truth', ['A'], []), [3])).toThrow(/not of the nodes/)
  })

  it('propose nodes by how they divide the same samples, whatever they are called', () => {
    const ids = Array.from({ length: 40 }, (_, i) => `s${i}`)
    const halves = ids.map((_, i) => i % 2)
    const blocks = ids.map((_, i) => Number(i >= 20))
    const fours = ids.map((_, i) => Number(i % 4 >= 2))
    const mine = { ...here, samples: { ids, labels: [halves, blocks, fours] } }
    const flipped = blocks.map((label) => 1 - label)
    const constant = ids.map(() => 0)
    const there = {
      ...graph('Run 2', ['Topology', 'Width', 'Stiffness'], []),
      samples: { ids, labels: [flipped, constant, halves] },
    }
    const { samples, nodes, proposed } = proposeMapping(mine, there)
    expect(samples).toBe(40)
    expect(proposed).toEqual([1, null, 0])
    expect(nodes[0]?.agreement?.[1]).toBeCloseTo(1)
    expect(compareGraphs(mine, there, proposed)).toMatchObject({
      matched: [
        { node: 1, there: 'Topology' },
        { node: 0, there: 'Stiffness' },
      ],
      unmatched: ['Width'],
    })
  })
})
