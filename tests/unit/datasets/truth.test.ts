import { describe, expect, it } from 'vitest'
import { parseTruth, readTruth } from '../../../src-main/datasets/truth.ts'

const good = {
  nodes: [
    { name: 'a', categories: ['x', 'y'] },
    { name: 'b', categories: ['0', '1', '2'] },
  ],
  edges: [['a', 'b']],
  factors: { s1: [0, 2], s2: ['y', '1'] },
}

describe('truth files', () => {
  it('hold edges by node name or position, factors by category name or code', () => {
    const truth = parseTruth(
      {
        ...good,
        edges: [
          ['a', 'b'],
          [1, 0],
        ],
      },
      'truth.json',
    )
    expect(truth.edges).toEqual([
      [0, 1],
      [1, 0],
    ])
    expect([...truth.factors]).toEqual([
      ['s1', [0, 2]],
      ['s2', [1, 1]],
    ])
    expect(truth.latentNames).toEqual([])
  })

  it.each([
    [{ ...good, edges: [['a', 'c']] }, /an edge names the node c/],
    [{ ...good, factors: { s1: [0] } }, /sample s1 has 1 factors for 2 nodes/],
    [{ ...good, factors: { s1: [0, 3] } }, /sample s1 has the category 3 for b/],
    [{ ...good, factors: { s1: ['z', 0] } }, /sample s1 has the category z for a/],
    [{ ...good, causes: { given: 'b', list: [{ name: 'a', of: ['a'] }] } }, /beyond b, which is none of them/],
    [{ ...good, causes: { given: 'a', list: [{ name: 'a', of: ['c'] }] } }, /a is made of c, which is no node/],
    [{ ...good, causes: { given: 'a', list: [{ name: 'a', of: [] }] } }, /causes.list.0.of: /],
    [{ ...good, nodes: 3 }, /nodes: /],
    [[], /cannot be read as a truth file/],
  ])('refuses %o', (content, message) => {
    expect(() => parseTruth(content, 'truth.json')).toThrow(message)
  })

  it('names a file that is not there', () => {
    expect(() => readTruth('/nowhere/truth.json')).toThrow(/\/nowhere\/truth.json cannot be read/)
  })
})
