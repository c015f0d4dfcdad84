import { describe, expect, it } from 'vitest'
import { withNames } from '../../../../src-shared/graph-formats/names.ts'
import { lattice } from './example-graph.ts'

describe('names given to nodes and categories', () => {
  it('replace the run’s own, and only those named', () => {
    const graph = withNames(lattice, {
      names: [null, 'Strut width', undefined, 'Yield strain'],
      categories: [null, [], undefined, ['below 2 %']],
    })
    expect(graph.nodes.map((node) => node.name)).toEqual(['Topology', 'Strut width', 'Stiffness', 'Yield strain'])
    expect(graph.nodes[3]!.categories).toEqual(['below 2 %', 'late'])
    expect(withNames(lattice, undefined)).toEqual(lattice)
  })

  it('must stay different', () => {
    expect(() => withNames(lattice, { names: [null, null, null, 'Stiffness'] })).toThrow(
      /Two nodes are called "Stiffness"/,
    )
    expect(() => withNames(lattice, { categories: [null, null, null, ['late']] })).toThrow(/Two categories of Yield/)
  })
})
