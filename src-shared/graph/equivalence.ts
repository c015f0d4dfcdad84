/**
 * Markov equivalence: DAGs that no observational data can tell apart share a skeleton and v-structures (Verma & Pearl
 * 1990); their class is drawn as a CPDAG, whose undirected edges are those that some member turns around.
 */
import type { Digraph } from './digraph.ts'
import { edgesOf, hasEdge, isAcyclic, isAdjacent, parentsOf, skeleton } from './digraph.ts'

export interface VStructure {
  /** a -> collider <- b with a < b, a and b not adjacent. */
  readonly a: number
  readonly collider: number
  readonly b: number
}

export function vStructures(dag: Digraph): VStructure[] {
  const found: VStructure[] = []
  for (let collider = 0; collider < dag.size; collider++) {
    const parents = parentsOf(dag, collider)
    for (const a of parents) {
      for (const b of parents) if (a < b && !isAdjacent(dag, a, b)) found.push({ a, collider, b })
    }
  }
  return found
}

/**
 * The completed partially directed graph of a DAG's class; an undirected edge is present both ways. Where more is known
 * than the class, that of its members that agree with it (Meek 1995; interventions: Hauser & Buehlmann 2012).
 * Throws RangeError for a graph with a directed cycle.
 * @param fixed does something besides the class fix the direction of this edge of the DAG?
 */
export function cpdag(dag: Digraph, fixed: (from: number, to: number) => boolean = () => false): Digraph {
  if (!isAcyclic(dag)) throw new RangeError('a graph with a directed cycle has no Markov-equivalence class')
  const pattern = skeleton(dag)
  for (const { a, collider, b } of vStructures(dag)) {
    orient(pattern, a, collider)
    orient(pattern, b, collider)
  }
  for (const [from, to] of edgesOf(dag)) if (fixed(from, to)) orient(pattern, from, to)
  return meekClosure(pattern)
}

/** Meek's rules 1-4 (Meek 1995) applied until none orients another edge. Rule 4 matters only under background knowledge. */
export function meekClosure(pattern: Digraph): Digraph {
  const graph: Digraph = { size: pattern.size, adjacency: pattern.adjacency.slice() }
  for (let changed = true; changed;) {
    changed = false
    for (const [a, b] of edgesOf(graph)) {
      if (!isUndirected(graph, a, b) || !isForced(graph, a, b)) continue
      orient(graph, a, b)
      changed = true
    }
  }
  return graph
}

/** Does one of Meek's rules turn the undirected a - b into a -> b? */
function isForced(graph: Digraph, a: number, b: number): boolean {
  const others = Array.from({ length: graph.size }, (_, node) => node).filter((node) => node !== a && node !== b)
  const intoB = others.filter((node) => isDirected(graph, node, b))
  const neighbours = others.filter((node) => isUndirected(graph, a, node))
  // 1: c -> a - b, c and b not adjacent: b -> a would make a new v-structure.
  if (others.some((c) => isDirected(graph, c, a) && !isAdjacent(graph, c, b))) return true
  // 2: a -> c -> b: b -> a would close a cycle.
  if (intoB.some((c) => isDirected(graph, a, c))) return true
  // 3: a - c -> b and a - d -> b, c and d not adjacent.
  const chains = intoB.filter((c) => isUndirected(graph, a, c))
  if (chains.some((c) => chains.some((d) => c !== d && !isAdjacent(graph, c, d)))) return true
  // 4: a - d -> c -> b, c and a adjacent, d and b not adjacent.
  return neighbours.some(
    (d) => !isAdjacent(graph, d, b) && intoB.some((c) => isDirected(graph, d, c) && isAdjacent(graph, a, c)),
  )
}

function isUndirected(graph: Digraph, a: number, b: number): boolean {
  return hasEdge(graph, a, b) && hasEdge(graph, b, a)
}

function isDirected(graph: Digraph, a: number, b: number): boolean {
  return hasEdge(graph, a, b) && !hasEdge(graph, b, a)
}

function orient(graph: Digraph, from: number, to: number): void {
  graph.adjacency[to * graph.size + from] = 0
}

/** The pattern with one of its two edges gone: what was undirected points the other way. */
export function withoutEdge(pattern: Digraph, from: number, to: number): Digraph {
  const graph: Digraph = { size: pattern.size, adjacency: pattern.adjacency.slice() }
  orient(graph, to, from)
  return graph
}

/** Same skeleton and same v-structures. */
export function markovEquivalent(first: Digraph, second: Digraph): boolean {
  const signature = (dag: Digraph): string =>
    JSON.stringify([edgesOf(skeleton(dag)), vStructures(dag).map(({ a, collider, b }) => [a, collider, b])])
  return first.size === second.size && signature(first) === signature(second)
}
