import { describe, expect, it } from 'vitest'
import { compareGraphs } from '../../../src-main/app/graph-comparison.ts'

const here = {
  title: 'Run 1',
  names: ['Topology', 'Width', 'Stiffness'],
  edges: [
    [0, 2],
    [1, 2],
  ],
} as const

describe('two graphs side by side', () => {
  it('agree where they have the same edges under the same names, whatever the order', () => {
    const there = {
      title: 'Truth',
      names: ['stiffness', ' width', 'topology'],
      edges: [
        [2, 0],
        [1, 0],
      ],
    } as const
    expect(compareGraphs(here, there)).toMatchObject({ shd: 0, cpdagShd: 0, shared: here.edges, unmatched: [] })
  })

  it('tell missing, extra and reversed edges apart', () => {
    const there = {
      title: 'Run 2',
      names: here.names,
      edges: [
        [2, 0],
        [0, 1],
      ],
    } as const
    expect(compareGraphs(here, there)).toMatchObject({
      shared: [],
      reversed: [[0, 2]],
      onlyHere: [[1, 2]],
      onlyThere: [[0, 1]],
      shd: 3,
    })
  })

  it('leave out nodes that the other does not have, and say which', () => {
    const there = { title: 'Truth', names: ['Topology', 'Colour'], edges: [[0, 1]] } as const
    expect(compareGraphs(here, there)).toMatchObject({ unmatched: ['Colour'], onlyThere: [] })
  })

  it('cannot be compared without a common name', () => {
    expect(() => compareGraphs(here, { title: 'Truth', names: ['N1'], edges: [] })).toThrow(/no node of the same name/)
  })
})
