/** A learned graph of known tables, consistent in all its parts, for tests of what is said and written about graphs. */
import { digraph } from '../../../../src-shared/graph/digraph.ts'
import type { Edge } from '../../../../src-shared/graph/edge.ts'
import { learnedEdges, type LearnedGraph } from '../../../../src-shared/graph/learned-graph.ts'

export interface ExampleNode {
  readonly name: string
  readonly categories: readonly string[]
  readonly anchor?: string
  readonly parents?: readonly number[]
  /** P(node | parents): a row for each combination of the parents' categories, the last parent's fastest. */
  readonly table: readonly (readonly number[])[]
}

export interface ExampleEvidence {
  /** Edges whose direction the data leave open, whatever the class says. */
  readonly open?: readonly (readonly [number, number])[]
  /** Frequencies that are not 1 (edges of the graph) or 0 (others). */
  readonly frequency?: readonly (readonly [number, number, number])[]
  readonly restarts?: number
}

export function exampleGraph(nodes: readonly ExampleNode[], evidence: ExampleEvidence = {}): LearnedGraph {
  const counts = nodes.map((node) => node.categories.length)
  const outcomes = counts.reduce((product, k) => product * k, 1)
  const category = (outcome: number, node: number): number => {
    const stride = counts.slice(node + 1).reduce((product, k) => product * k, 1)
    return Math.floor(outcome / stride) % counts[node]!
  }
  const nodeTables = nodes.map((node, l) =>
    Array.from({ length: outcomes }, (_, a) => {
      const row = (node.parents ?? []).reduce((index, parent) => index * counts[parent]! + category(a, parent), 0)
      return node.table[row]![category(a, l)]!
    }),
  )
  const p = Array.from({ length: outcomes }, (_, a) => nodeTables.reduce((product, table) => product * table[a]!, 1))
  const edges = nodes.flatMap((node, to) => (node.parents ?? []).map((from) => [from, to] as const))
  const matrix = (value: number): number[][] => {
    const out = nodes.map(() => nodes.map(() => 0))
    for (const [from, to] of edges) out[from]![to] = value
    return out
  }
  const frequency = matrix(1)
  for (const [from, to, share] of evidence.frequency ?? []) frequency[from]![to] = share
  const open = evidence.open ?? []
  const search = { strength: matrix(0.97), frequency, restarts: evidence.restarts ?? 12 }
  const found = learnedEdges(digraph(nodes.length, edges), search)
  return {
    nodes: nodes.map(({ name, categories, anchor }) => ({
      name,
      categories,
      anchor: anchor ?? null,
      standing: 'provisional',
    })),
    edges: found.map((edge): Edge => ({
      ...edge,
      fromMark: 'tail',
      toMark: open.some(([a, b]) => a === edge.from && b === edge.to) ? 'tail' : 'arrow',
    })),
    ...search,
    nodeTables,
    logJoint: p.map((value) => Math.log(value + 1e-12)),
  }
}

/** Topology and strut width meet in stiffness; stiffness and yield are joined without a direction. */
export const lattice = exampleGraph(
  [
    { name: 'Topology', categories: ['octet', 'gyroid'], anchor: 'topology', table: [[0.52, 0.48]] },
    { name: 'Strut width', categories: ['thin', 'medium', 'thick'], table: [[0.3, 0.45, 0.25]] },
    {
      name: 'Stiffness',
      categories: ['soft', 'stiff'],
      parents: [0, 1],
      table: [
        [0.81, 0.19],
        [0.4, 0.6],
        [0.04, 0.96],
        [0.62, 0.38],
        [0.3, 0.7],
        [0.09, 0.91],
      ],
    },
    {
      name: 'Yield',
      categories: ['early', 'late'],
      parents: [2],
      table: [
        [0.8, 0.2],
        [0.25, 0.75],
      ],
    },
  ],
  {
    open: [[2, 3]],
    frequency: [
      [0, 2, 11 / 12],
      [2, 3, 0.5],
      [3, 2, 0.5],
    ],
  },
)
