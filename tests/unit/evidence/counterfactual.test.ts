import { describe, expect, it } from 'vitest'
import { counterfactualOutcome, type Mechanisms } from '../../../src-main/evidence/counterfactual.ts'
import { tablesOf } from '../../../src-main/evidence/class-effect.ts'
import { dagOf } from '../../../src-shared/graph/marked-graph.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { exampleGraph } from '../shared/graph-formats/example-graph.ts'

const categories = ['low', 'high']
const graph = exampleGraph([
  { name: 'A', categories, table: [[0.5, 0.5]] },
  {
    name: 'B',
    categories,
    parents: [0],
    table: [
      [0.9, 0.1],
      [0.3, 0.7],
    ],
  },
  { name: 'C', categories, table: [[0.4, 0.6]] },
])
const dag = dagOf(3, graph.edges)
const mechanisms: Mechanisms = { dag, tables: tablesOf(graph, dag), categories: [2, 2, 2] }
const draws = 4000

function share(factual: number, node: number, value: number, test: (outcome: number) => boolean): number {
  const random = RandomStream.of(1, 'test')
  let hits = 0
  for (let i = 0; i < draws; i++)
    if (test(counterfactualOutcome(mechanisms, factual, [{ node, value }], random))) hits++
  return hits / draws
}

describe('the counterfactual outcome of a sample', () => {
  // Outcomes are A, B, C, the last varying fastest.
  const bHigh = (outcome: number): boolean => (outcome >> 1) % 2 === 1

  it('keeps what nothing set reaches, and sets what is set', () => {
    expect(share(0b011, 0, 1, (outcome) => outcome >> 2 === 1 && outcome % 2 === 1)).toBe(1)
    expect(share(0b011, 1, 0, (outcome) => outcome === 0b001)).toBe(1)
  })

  it('is the sample itself where it is set to what it is', () => {
    expect(share(0b011, 0, 0, (outcome) => outcome === 0b011)).toBe(1)
  })

  it('never leaves a category that has become more probable', () => {
    expect(share(0b010, 0, 1, bHigh)).toBe(1)
  })

  it('gives the interventional distribution on average over samples', () => {
    // P(B high | do(A = high)) over samples with A low, B drawn from its own table there.
    const kept = 0.1 * share(0b010, 0, 1, bHigh) + 0.9 * share(0b000, 0, 1, bHigh)
    expect(kept).toBeCloseTo(0.7, 1)
  })
})
