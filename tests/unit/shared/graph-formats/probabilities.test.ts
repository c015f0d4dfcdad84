import { describe, expect, it } from 'vitest'
import {
  categoriesOfOutcomes,
  conditionalTables,
  joint,
  marginals,
} from '../../../../src-shared/graph-formats/probabilities.ts'
import { exampleGraph, lattice } from './example-graph.ts'

describe('probabilities of a learned graph', () => {
  it('numbers outcomes row-major', () => {
    expect(categoriesOfOutcomes([2, 3])).toEqual([
      [0, 0, 0, 1, 1, 1],
      [0, 1, 2, 0, 1, 2],
    ])
    expect(categoriesOfOutcomes([])).toEqual([])
  })

  it('gives back the tables that the joint was made of', () => {
    const [topology, , stiffness, yielding] = conditionalTables(lattice)
    expect(topology!.parents).toEqual([])
    expect(topology!.rows).toHaveLength(1)
    topology!.rows[0]!.probabilities.forEach((p, k) => expect(p).toBeCloseTo([0.52, 0.48][k]!, 9))
    expect(stiffness!.parents).toEqual([0, 1])
    expect(stiffness!.rows.map((row) => row.given)).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
      [1, 2],
    ])
    expect(stiffness!.rows[2]!.probabilities[1]).toBeCloseTo(0.96, 9)
    expect(stiffness!.rows[2]!.weight).toBeCloseTo(0.52 * 0.25, 9)
    expect(yielding!.rows[1]!.probabilities[0]).toBeCloseTo(0.25, 9)
  })

  it('sums every row, marginal and the joint to one', () => {
    const close = (values: readonly number[]): void => expect(values.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14)
    conditionalTables(lattice).forEach((table) => table.rows.forEach((row) => close(row.probabilities)))
    marginals(lattice).forEach(close)
    close(joint(lattice))
  })

  it('takes the model’s own table where a combination of parents never occurs', () => {
    const graph = exampleGraph([
      { name: 'A', categories: ['0', '1'], table: [[1, 0]] },
      {
        name: 'B',
        categories: ['0', '1'],
        parents: [0],
        table: [
          [0.5, 0.5],
          [0.1, 0.9],
        ],
      },
    ])
    const never = conditionalTables(graph)[1]!.rows[1]!
    expect(never.probabilities[1]).toBeCloseTo(0.9, 12)
    expect(never.weight).toBeLessThan(1e-9)
  })
})
