/** d-separation (Pearl 1988), decided by the reachability search of Koller & Friedman 2009, algorithm 3.1. */
import type { Digraph } from './digraph.ts'
import { ancestorsOf, childrenOf, parentsOf } from './digraph.ts'

/** Is every path between `from` and `to` blocked by `given` in the DAG? A node is never separated from itself. */
export function dSeparated(dag: Digraph, from: number, to: number, given: readonly number[]): boolean {
  return dConnected(dag, from, given)[to] !== 1
}

/** Is every node of one set separated from every node of the other? The sets are taken as disjoint. */
export function setsSeparated(
  dag: Digraph,
  from: readonly number[],
  to: readonly number[],
  given: readonly number[],
): boolean {
  return from.every((a) => to.every((b) => dSeparated(dag, a, b, given)))
}

/** Nodes that an active path joins to `from` given the nodes `given`; [size], 1 where so. */
function dConnected(dag: Digraph, from: number, given: readonly number[]): Uint8Array {
  const observed = new Uint8Array(dag.size)
  for (const node of given) observed[node] = 1
  const opensColliders = ancestorsOf(dag, given)
  const connected = new Uint8Array(dag.size)
  // A node may be entered against an edge (from a child, "up") and along one (from a parent, "down").
  const seen = { up: new Uint8Array(dag.size), down: new Uint8Array(dag.size) }
  const open: { node: number; way: 'up' | 'down' }[] = [{ node: from, way: 'up' }]
  for (let visit = open.pop(); visit !== undefined; visit = open.pop()) {
    const { node, way } = visit
    if (seen[way][node] === 1) continue
    seen[way][node] = 1
    if (observed[node] !== 1) connected[node] = 1
    if (way === 'up' ? observed[node] !== 1 : opensColliders[node] === 1) {
      for (const parent of parentsOf(dag, node)) open.push({ node: parent, way: 'up' })
    }
    if (observed[node] !== 1) {
      for (const child of childrenOf(dag, node)) open.push({ node: child, way: 'down' })
    }
  }
  return connected
}
