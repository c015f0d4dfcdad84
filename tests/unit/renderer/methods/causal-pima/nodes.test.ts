import { describe, expect, it } from 'vitest'
import {
  mostNodes,
  nodeAnchoredTo,
  nodeNameFree,
  nodesOfColumns,
} from '../../../../../src-renderer/methods/causal-pima/nodes.ts'

const columns = [
  { column: 'plate', kind: 'category', categories: ['A', 'B', 'C'], missing: 0 },
  { column: 'width', kind: 'number', missing: 2 },
] as const

describe('anchoring a node', () => {
  it('takes the column’s values as categories, and its name where nobody chose one', () => {
    expect(nodeAnchoredTo({ name: 'N2', categories: 2, anchor: null }, 'plate', columns)).toEqual({
      name: 'plate',
      categories: 3,
      anchor: 'plate',
    })
  })

  it('leaves a chosen name alone', () => {
    expect(nodeAnchoredTo({ name: 'Batch', categories: 2, anchor: null }, 'plate', columns).name).toBe('Batch')
  })

  it('is undone by no column, and refused for a column of numbers', () => {
    const anchored = { name: 'plate', categories: 3, anchor: 'plate' }
    expect(nodeAnchoredTo(anchored, '', columns).anchor).toBeNull()
    expect(nodeAnchoredTo(anchored, 'width', columns).anchor).toBeNull()
  })
})

describe('all columns as nodes', () => {
  it('takes those with categories, as many as a graph may have', () => {
    expect(nodesOfColumns(columns)).toEqual([{ name: 'plate', categories: 3, anchor: 'plate' }])
    const many = Array.from({ length: 20 }, (_, i) => ({ ...columns[0], column: `c${i}` }))
    expect(nodesOfColumns(many)).toHaveLength(mostNodes)
  })
})

describe('a new node', () => {
  it('gets the first free number', () => {
    const node = (name: string) => ({ name, categories: 2, anchor: null })
    expect(nodeNameFree([node('N1'), node('N3')])).toBe('N2')
    expect(nodeNameFree([])).toBe('N1')
  })
})
