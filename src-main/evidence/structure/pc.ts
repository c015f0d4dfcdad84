/**
 * PC on a table of counts (Spirtes et al. 2000; the stable form of Colombo & Maathuis 2014): pairs that some set of
 * neighbours makes independent are parted, colliders and Meek's rules direct what is left.
 */
import { type Digraph, digraph, hasEdge, isAcyclic, isAdjacent } from '../../../src-shared/graph/digraph.ts'
import { meekClosure } from '../../../src-shared/graph/equivalence.ts'
import type { Counts } from '../counts.ts'
import { type IndependenceTester, neighbourSkeleton } from '../fci/skeleton.ts'
import { testIndependence, type TestSettings } from '../independence.ts'

/** A partially directed graph; an undirected edge is present both ways. */
export function pcOnCounts(counts: Counts, settings: TestSettings): Digraph {
  const test: IndependenceTester = (a, b, given) => testIndependence(counts, a, b, given, settings).p
  return pc(counts.categories.length, test, settings.alpha)
}

export function pc(size: number, test: IndependenceTester, alpha: number): Digraph {
  const { graph, separator } = neighbourSkeleton(size, test, alpha)
  const pattern = digraph(
    size,
    graph.edges().flatMap(({ from, to }): [number, number][] => [
      [from, to],
      [to, from],
    ]),
  )
  for (let middle = 0; middle < size; middle++)
    for (const a of graph.neighbours(middle))
      for (const b of graph.neighbours(middle)) {
        if (a >= b || isAdjacent(pattern, a, b) || separator(a, b)?.includes(middle) === true) continue
        // Tests may contradict each other: a head that an earlier collider has set stays.
        if (!hasEdge(pattern, a, middle) || !hasEdge(pattern, b, middle)) continue
        pattern.adjacency[middle * size + a] = 0
        pattern.adjacency[middle * size + b] = 0
      }
  return meekClosure(pattern)
}

/** A DAG that a partially directed graph can be extended to (Dor & Tarsi 1992); null where tests left none. */
export function extension(pattern: Digraph): Digraph | null {
  const { size } = pattern
  const left = new Set(Array.from({ length: size }, (_, node) => node))
  const work: Digraph = { size, adjacency: pattern.adjacency.slice() }
  const out: Digraph = { size, adjacency: pattern.adjacency.slice() }
  while (left.size > 0) {
    const sink = [...left].find((node) => isSinkOf(work, node, left))
    if (sink === undefined) return null
    for (const other of left) {
      if (hasEdge(work, other, sink)) {
        out.adjacency[other * size + sink] = 1
        out.adjacency[sink * size + other] = 0
      }
      work.adjacency[other * size + sink] = work.adjacency[sink * size + other] = 0
    }
    left.delete(sink)
  }
  return isAcyclic(out) ? out : null
}

/** No edge leads out of it, and every undirected neighbour is joined to all others. */
function isSinkOf(graph: Digraph, node: number, left: ReadonlySet<number>): boolean {
  const others = [...left].filter((other) => other !== node)
  const near = others.filter((other) => isAdjacent(graph, node, other))
  if (near.some((other) => hasEdge(graph, node, other) && !hasEdge(graph, other, node))) return false
  const open = near.filter((other) => hasEdge(graph, node, other))
  return open.every((one) => near.every((other) => other === one || isAdjacent(graph, one, other)))
}
