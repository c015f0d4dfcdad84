/** Graphs whose edges have marks at their ends: the form in which every method's graph is shown, listed and exported. */
import { type Arc, type Digraph, digraph, edgesOf, hasEdge } from './digraph.ts'
import { type Edge, edgeBetween, type Ends, type NamedEdge, sameMarks, withoutHeads } from './edge.ts'
import { cpdag } from './equivalence.ts'
import { type EdgeConstraints, fixesDirection } from '../knowledge/constraints.ts'

export interface MarkedGraph<Node> {
  readonly nodes: readonly Node[]
  readonly edges: readonly Edge[]
}

/** The pattern of a DAG's class, of those members that agree with what is known. */
export function classUnder(dag: Digraph, constraints: EdgeConstraints | null): Digraph {
  return constraints === null ? cpdag(dag) : cpdag(dag, (from, to) => fixesDirection(constraints, from, to))
}

/**
 * Every arc of a DAG with the marks that its Markov-equivalence class has there: an arrow where all members agree, two
 * tails where some member turns it around. Throws RangeError for a graph with a directed cycle.
 * @param constraints what is known besides: only members that agree with it count
 */
export function endsOfClass(dag: Digraph, constraints: EdgeConstraints | null = null): Ends[] {
  const pattern = classUnder(dag, constraints)
  return edgesOf(dag).map(([from, to]) => ({
    from,
    to,
    fromMark: 'tail',
    toMark: hasEdge(pattern, to, from) ? 'tail' : 'arrow',
  }))
}

/** Arcs between named nodes with the marks of their class; nobody has looked yet whether they return. */
export function namedEndsOfClass(arcs: readonly (readonly [from: string, to: string])[]): NamedEdge[] {
  const names = [...new Set(arcs.flat())]
  const dag = digraph(
    names.length,
    arcs.map(([from, to]): Arc => [names.indexOf(from), names.indexOf(to)]),
  )
  return named(endsOfClass(dag), (node) => names[node]!).map((ends) => ({ ...ends, standing: 'provisional' }))
}

/** The directed graph with an arc from -> to for every edge: for edges of a DAG's class, that DAG. */
export function dagOf(size: number, edges: readonly Ends[]): Digraph {
  return digraph(
    size,
    edges.map(({ from, to }): Arc => [from, to]),
  )
}

/** The edges under their nodes' names. */
export function named(edges: readonly Ends[], nameOf: (node: number) => string): Ends<string>[] {
  return edges.map(({ from, to, fromMark, toMark }) => ({ from: nameOf(from), to: nameOf(to), fromMark, toMark }))
}

/** A graph's edges as they travel without it, with the marks that may be shown. */
export function namedEdges({ nodes, edges }: MarkedGraph<{ readonly name: string }>): NamedEdge[] {
  return named(edges, (node) => nodes[node]!.name).map((ends, at) =>
    shownEdge({ ...ends, standing: edges[at]!.standing }),
  )
}

/** No edge shows a head while it is provisional. */
export function shownEdge(edge: NamedEdge): NamedEdge {
  return edge.standing === 'provisional' ? withoutHeads(edge) : edge
}

/**
 * Unordered pairs of nodes that one graph joins and the other does not, or joins with other marks. Of two DAGs' classes:
 * the structural Hamming distance of their CPDAGs.
 */
export function markedDistance<Node>(first: readonly Ends<Node>[], second: readonly Ends<Node>[]): number {
  const differing = first.filter((edge) => {
    const other = edgeBetween(second, edge.from, edge.to)
    return other === undefined || !sameMarks(edge, other)
  })
  const missing = second.filter((edge) => edgeBetween(first, edge.from, edge.to) === undefined)
  return differing.length + missing.length
}
