/** The edges of a learned graph with the evidence for each: what every picture, table and sentence about it says. */
import type { LearnedGraph } from '../domain/result.ts'

export interface Link {
  /** Node indices of the read-out edge from -> to. */
  readonly from: number
  readonly to: number
  /** E_ij of the edge, in (0.5, 1). */
  readonly strength: number
  /** Share of the restarts that hold from -> to, and to -> from. */
  readonly frequency: number
  readonly reverseFrequency: number
  /** Whether the Markov-equivalence class fixes the direction; otherwise the data allow both. */
  readonly directionFixed: boolean
}

/** Share of the restarts in which the two nodes are joined at all, in [0, 1]. */
export function joined(link: Pick<Link, 'frequency' | 'reverseFrequency'>): number {
  return Math.min(1, link.frequency + link.reverseFrequency)
}

/** Whether the frequencies say anything: without a restart that scores as well, they count the chosen graph alone. */
export function frequenciesKnown(graph: LearnedGraph): boolean {
  return graph.restarts > 0
}

/** The read-out edges in the graph's order (causal-pima.md section 7). */
export function links(graph: LearnedGraph): readonly Link[] {
  return graph.edges.map(([from, to]) => ({
    from,
    to,
    strength: graph.strength[from]?.[to] ?? 0,
    frequency: graph.frequency[from]?.[to] ?? 0,
    reverseFrequency: graph.frequency[to]?.[from] ?? 0,
    directionFixed: graph.cpdag.directed.some(([a, b]) => a === from && b === to),
  }))
}

/** Parents of a node in the read-out graph, in node order. */
export function parentsOf(graph: LearnedGraph, node: number): readonly number[] {
  return graph.edges
    .filter(([, to]) => to === node)
    .map(([from]) => from)
    .sort((a, b) => a - b)
}
