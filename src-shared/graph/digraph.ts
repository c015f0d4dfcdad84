/**
 * Small directed graphs over nodes 0 .. size-1. A partially directed graph uses the same form: an undirected edge is a
 * pair of opposite edges.
 */

export type Arc = readonly [from: number, to: number]

export interface Digraph {
  readonly size: number
  /** [size, size] row-major, 1 where i -> j. */
  readonly adjacency: Uint8Array
}

/** The graph of the given edges. Throws RangeError for a node out of range or an edge from a node to itself. */
export function digraph(size: number, edges: Iterable<Arc>): Digraph {
  const adjacency = new Uint8Array(size * size)
  for (const [from, to] of edges) {
    const known = [from, to].every((node) => Number.isInteger(node) && node >= 0 && node < size)
    if (!known || from === to) throw new RangeError(`no edge ${from} -> ${to} in a graph of ${size} nodes`)
    adjacency[from * size + to] = 1
  }
  return { size, adjacency }
}

/** The graph with an edge wherever `matrix[i][j]` exceeds `threshold`; the diagonal is ignored. */
export function digraphFromMatrix(matrix: readonly (readonly number[])[], threshold = 0): Digraph {
  const edges = matrix.flatMap((row, i) =>
    row.flatMap((value, j): Arc[] => (i !== j && value > threshold ? [[i, j]] : [])),
  )
  return digraph(matrix.length, edges)
}

export function hasEdge(graph: Digraph, from: number, to: number): boolean {
  return graph.adjacency[from * graph.size + to] === 1
}

export function isAdjacent(graph: Digraph, a: number, b: number): boolean {
  return hasEdge(graph, a, b) || hasEdge(graph, b, a)
}

/** Edges in row-major order. */
export function edgesOf(graph: Digraph): Arc[] {
  const edges: Arc[] = []
  for (let i = 0; i < graph.size; i++) for (let j = 0; j < graph.size; j++) if (hasEdge(graph, i, j)) edges.push([i, j])
  return edges
}

export function parentsOf(graph: Digraph, node: number): number[] {
  return nodesWhere(graph, (other) => hasEdge(graph, other, node))
}

export function childrenOf(graph: Digraph, node: number): number[] {
  return nodesWhere(graph, (other) => hasEdge(graph, node, other))
}

function nodesWhere(graph: Digraph, test: (node: number) => boolean): number[] {
  return Array.from({ length: graph.size }, (_, node) => node).filter(test)
}

/** Nodes from which one of `nodes` can be reached along edges, `nodes` included. [size], 1 where so. */
export function ancestorsOf(graph: Digraph, nodes: Iterable<number>): Uint8Array {
  return reach(graph, nodes, parentsOf)
}

/** Nodes that can be reached from one of `nodes` along edges, `nodes` included. [size], 1 where so. */
export function descendantsOf(graph: Digraph, nodes: Iterable<number>): Uint8Array {
  return reach(graph, nodes, childrenOf)
}

function reach(graph: Digraph, start: Iterable<number>, next: typeof parentsOf): Uint8Array {
  const seen = new Uint8Array(graph.size)
  const open = [...start]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen[node] === 1) continue
    seen[node] = 1
    open.push(...next(graph, node))
  }
  return seen
}

/** Nodes ordered so that every edge points forward (smallest index first among the free), or null for a graph with a cycle. */
export function topologicalOrder(graph: Digraph): number[] | null {
  const waitingFor = Array.from({ length: graph.size }, (_, node) => parentsOf(graph, node).length)
  const order: number[] = []
  for (;;) {
    const free = waitingFor.indexOf(0)
    if (free < 0) break
    order.push(free)
    waitingFor[free] = -1
    for (const child of childrenOf(graph, free)) waitingFor[child]! -= 1
  }
  return order.length === graph.size ? order : null
}

export function isAcyclic(graph: Digraph): boolean {
  return topologicalOrder(graph) !== null
}

/** The nodes of one directed cycle in order, or null for a DAG. */
export function findCycle(graph: Digraph): number[] | null {
  const done = new Uint8Array(graph.size)
  const path: number[] = []
  const visit = (node: number): number[] | null => {
    const at = path.indexOf(node)
    if (at >= 0) return path.slice(at)
    if (done[node] === 1) return null
    path.push(node)
    for (const child of childrenOf(graph, node)) {
      const cycle = visit(child)
      if (cycle !== null) return cycle
    }
    path.pop()
    done[node] = 1
    return null
  }
  for (let node = 0; node < graph.size; node++) {
    const cycle = visit(node)
    if (cycle !== null) return cycle
  }
  return null
}

/** A shortest way from one node to another along such edges, both ends included; null where there is none. */
export function pathAlong(
  size: number,
  leads: (from: number, to: number) => boolean,
  from: number,
  to: number,
): number[] | null {
  const before = new Map([[from, -1]])
  const open = [from]
  for (const node of open) {
    if (node === to) {
      const path: number[] = []
      for (let at = to; at >= 0; at = before.get(at)!) path.unshift(at)
      return path
    }
    for (let next = 0; next < size; next++)
      if (!before.has(next) && leads(node, next)) {
        before.set(next, node)
        open.push(next)
      }
  }
  return null
}

/** Every edge made undirected. */
export function skeleton(graph: Digraph): Digraph {
  return digraph(
    graph.size,
    edgesOf(graph).flatMap(([i, j]): Arc[] => [
      [i, j],
      [j, i],
    ]),
  )
}

/** The same graph with its nodes renamed: node i becomes `names[i]`, a permutation. */
export function relabel(graph: Digraph, names: readonly number[]): Digraph {
  return digraph(
    graph.size,
    edgesOf(graph).map(([i, j]): Arc => [names[i]!, names[j]!]),
  )
}
