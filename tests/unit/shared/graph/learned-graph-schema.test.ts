import * as v from 'valibot'
import { expect, it } from 'vitest'
import { named } from '../../../../src-shared/graph/marked-graph.ts'
import { edgeText } from '../../../../src-shared/graph/edge-words.ts'
import { learnedGraph } from '../../../../src-shared/graph/learned-graph-schema.ts'
import { lattice } from '../graph-formats/example-graph.ts'

/** As result.json held a graph before edges had ends. */
const older = {
  ...lattice,
  nodes: lattice.nodes.map(({ name, categories, anchor }) => ({ name, categories, anchor })),
  edges: lattice.edges.map(({ from, to }) => [from, to]),
  cpdag: { directed: [], undirected: [] },
}

it('takes a graph as it is stored', () => {
  expect(v.parse(learnedGraph, JSON.parse(JSON.stringify(lattice)))).toEqual(lattice)
})

it('reads graphs from before edges had ends: marks, strength and shares follow from what they held', () => {
  const read = v.parse(learnedGraph, older)
  expect(named(read.edges, (node) => read.nodes[node]!.name).map(edgeText)).toEqual([
    'Topology --> Stiffness',
    'Strut width --> Stiffness',
    'Stiffness --> Yield',
  ])
  expect(read.edges[0]).toMatchObject({ strength: 0.97, support: { restarts: { forward: 11 / 12 } } })
  expect(read.nodes.map((node) => node.standing)).toEqual(Array(4).fill('provisional'))
})

it('refuses edges that form no graph', () => {
  expect(v.safeParse(learnedGraph, { ...older, edges: [[0, 1], [1, 0]] }).success).toBe(false) // prettier-ignore
  expect(v.safeParse(learnedGraph, { ...older, edges: [[0, 9]] }).success).toBe(false)
})
