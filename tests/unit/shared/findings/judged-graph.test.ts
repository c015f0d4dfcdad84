import { expect, it } from 'vitest'
import { judgedGraph } from '../../../../src-shared/findings/judged-graph.ts'
import { isDirected, isOpen } from '../../../../src-shared/graph/edge.ts'
import { exampleGraph } from '../graph-formats/example-graph.ts'
import { exampleJudgement } from './example-judgement.ts'

/** Two independent causes of a third: both arrows are fixed. */
const graph = exampleGraph([
  { name: 'Heat', categories: ['low', 'high'], table: [[0.5, 0.5]] },
  { name: 'Load', categories: ['low', 'high'], table: [[0.4, 0.6]] },
  {
    name: 'Density',
    categories: ['low', 'high'],
    parents: [0, 1],
    table: [
      [0.9, 0.1],
      [0.6, 0.4],
      [0.5, 0.5],
      [0.1, 0.9],
    ],
  },
])
const arrows = graph.edges.filter(isDirected).length

it('keeps an arrow that is stated', () => {
  expect(arrows).toBeGreaterThan(0)
  const { edges } = judgedGraph(graph, exampleJudgement(graph))
  expect(edges.filter(isDirected)).toHaveLength(arrows)
})

it('shows no direction before replicates have tested it', () => {
  const { edges } = judgedGraph(graph, exampleJudgement(graph, { replicates: 0 }))
  expect(edges.map(({ standing }) => standing)).toEqual(edges.map(() => 'provisional'))
  expect(edges.every(isOpen)).toBe(true)
})

it('takes the head from an arrow that is not stated, alone', () => {
  const at = graph.edges.findIndex(isDirected)
  const { edges } = judgedGraph(graph, exampleJudgement(graph, { edges: { [at]: { directed: false } } }))
  expect(isOpen(edges[at]!)).toBe(true)
  expect(edges.filter(isDirected)).toHaveLength(arrows - 1)
})
