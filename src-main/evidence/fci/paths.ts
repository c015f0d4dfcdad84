/** The paths that FCI's rules look for (Zhang 2008, definitions 7 to 9). */
import type { MixedGraph } from './mixed-graph.ts'

export interface DiscriminatingPath {
  /** The end that is not joined to c. */
  readonly from: number
  /** The node before b. */
  readonly before: number
}

/**
 * A path from, ..., before, b, c on which every node between `from` and b is a collider and a parent of c, and `from`
 * is not joined to c; the shortest, or null.
 */
export function discriminatingPath(graph: MixedGraph, b: number, c: number): DiscriminatingPath | null {
  const middle = (node: number, after: number): boolean => graph.isParent(node, c) && graph.at(after, node) === 'arrow'
  const open = graph
    .neighbours(b)
    .filter((before) => before !== c && middle(before, b))
    .map((before) => ({ at: before, before, visited: new Set([b, c, before]) }))
  for (let step = open.shift(); step !== undefined; step = open.shift()) {
    const { at, before, visited } = step
    for (const next of graph.neighbours(at)) {
      if (visited.has(next) || graph.at(next, at) !== 'arrow') continue
      if (!graph.adjacent(next, c)) return { from: next, before }
      if (middle(next, at)) open.push({ at: next, before, visited: new Set([...visited, next]) })
    }
  }
  return null
}

/** Could the edge point from near to far: no arrow head at near, no tail at far? */
export function isPotentiallyDirected(graph: MixedGraph): (near: number, far: number) => boolean {
  return (near, far) => graph.adjacent(near, far) && graph.at(far, near) !== 'arrow' && graph.at(near, far) !== 'tail'
}

/** Every uncovered path (no node's two neighbours on it are joined) between two nodes along edges that `may` be taken. */
export function uncoveredPaths(
  graph: MixedGraph,
  from: number,
  to: number,
  may: (near: number, far: number) => boolean,
): number[][] {
  const found: number[][] = []
  const walk = (path: readonly number[]): void => {
    const at = path.at(-1)!
    const before = path.at(-2)
    for (const next of graph.neighbours(at)) {
      if (path.includes(next) || !may(at, next)) continue
      if (before !== undefined && graph.adjacent(before, next)) continue
      if (next === to) found.push([...path, next])
      else walk([...path, next])
    }
  }
  walk([from])
  return found
}

/** The first uncovered path whose inner nodes satisfy `wanted`, or null. */
export function uncoveredPath(
  graph: MixedGraph,
  from: number,
  to: number,
  may: (near: number, far: number) => boolean,
  wanted: (inner: readonly number[]) => boolean,
): number[] | null {
  return uncoveredPaths(graph, from, to, may).find((path) => wanted(path.slice(1, -1))) ?? null
}
