/**
 * Greedy equivalence search on a table of counts (Chickering 2002): from the empty class, the insertion that gains most
 * until none gains, then the deletion that gains most until none does. States are completed partially directed graphs.
 */
import {
  childrenOf,
  type Digraph,
  digraph,
  edgesOf,
  hasEdge,
  isAdjacent,
  parentsOf,
} from '../../../src-shared/graph/digraph.ts'
import { cpdag } from '../../../src-shared/graph/equivalence.ts'
import type { FamilyScores } from '../best-dag.ts'
import { members } from '../family-score.ts'
import { extension } from './pc.ts'

interface Step {
  readonly graph: Digraph
  readonly gain: number
}

/** Gains below this are none but for rounding, nats. */
const least = 1e-9

/** @param families of an equivalent score, such as BIC: -> the CPDAG found */
export function ges(families: FamilyScores): Digraph {
  let pattern = digraph(families.nodes, [])
  for (const steps of [insertions, deletions])
    for (;;) {
      const best = steps(pattern, families).reduce<Step | null>(
        (found, step) => (step.gain > (found?.gain ?? least) ? step : found),
        null,
      )
      if (best === null) break
      pattern = best.graph
    }
  return pattern
}

const bits = (nodes: readonly number[]): number => nodes.reduce((mask, node) => mask | (1 << node), 0)

const undirected = (graph: Digraph, a: number, b: number): boolean => hasEdge(graph, a, b) && hasEdge(graph, b, a)

/** Neighbours of y by an undirected edge; of these the ones joined to x. */
function neighbours(graph: Digraph, y: number): number[] {
  return Array.from({ length: graph.size }, (_, node) => node).filter((node) => undirected(graph, node, y))
}

function trueParents(graph: Digraph, y: number): number[] {
  return parentsOf(graph, y).filter((node) => !hasEdge(graph, y, node))
}

function isClique(graph: Digraph, nodes: readonly number[]): boolean {
  return nodes.every((a) => nodes.every((b) => a === b || isAdjacent(graph, a, b)))
}

function subsets(nodes: readonly number[]): number[][] {
  return Array.from({ length: 1 << nodes.length }, (_, mask) => members(mask).map((at) => nodes[at]!))
}

/** Does every path from y to x along edges that do not point against it pass through one of `blocked`? */
function blocksAll(graph: Digraph, y: number, x: number, blocked: readonly number[]): boolean {
  const seen = new Set([y, ...blocked])
  const open = [y]
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (const next of childrenOf(graph, node)) {
      if (next === x) return false
      if (seen.has(next)) continue
      seen.add(next)
      open.push(next)
    }
  return true
}

function ordered(graph: Digraph): [number, number][] {
  return Array.from({ length: graph.size }, (_, x) => x).flatMap((x) =>
    Array.from({ length: graph.size }, (_, y): [number, number] => [x, y]).filter(([a, b]) => a !== b),
  )
}

/** The class of the pattern with these edges changed; null where it has no member. */
function completed(pattern: Digraph, change: (graph: Digraph) => void): Digraph | null {
  const graph: Digraph = { size: pattern.size, adjacency: pattern.adjacency.slice() }
  change(graph)
  const dag = extension(graph)
  return dag === null ? null : cpdag(dag)
}

function point(graph: Digraph, from: number, to: number): void {
  graph.adjacency[from * graph.size + to] = 1
  graph.adjacency[to * graph.size + from] = 0
}

/** Insert(x, y, T): x -> y, and t -> y for undirected neighbours t of y that x is not joined to. */
function insertions(pattern: Digraph, { scores }: FamilyScores): Step[] {
  return ordered(pattern)
    .filter(([x, y]) => !isAdjacent(pattern, x, y))
    .flatMap(([x, y]) => {
      const near = neighbours(pattern, y)
      const joined = near.filter((node) => isAdjacent(pattern, node, x))
      return subsets(near.filter((node) => !isAdjacent(pattern, node, x))).flatMap((t): Step[] => {
        const through = [...joined, ...t]
        if (!isClique(pattern, through) || !blocksAll(pattern, y, x, through)) return []
        const given = bits([...through, ...trueParents(pattern, y)])
        const gain = scores[y]![given | (1 << x)]! - scores[y]![given]!
        const graph = completed(pattern, (next) => {
          point(next, x, y)
          for (const node of t) point(next, node, y)
        })
        return graph === null ? [] : [{ graph, gain }]
      })
    })
}

/** Delete(x, y, H): the edge goes, and undirected neighbours h of y joined to x are pointed at by both. */
function deletions(pattern: Digraph, { scores }: FamilyScores): Step[] {
  const arcs = edgesOf(pattern)
  return arcs.flatMap(([x, y]) => {
    const joined = neighbours(pattern, y).filter((node) => node !== x && isAdjacent(pattern, node, x))
    return subsets(joined).flatMap((h): Step[] => {
      const kept = joined.filter((node) => !h.includes(node))
      if (!isClique(pattern, kept)) return []
      const given = bits([...kept, ...trueParents(pattern, y)]) & ~(1 << x)
      const gain = scores[y]![given]! - scores[y]![given | (1 << x)]!
      const graph = completed(pattern, (next) => {
        next.adjacency[x * next.size + y] = next.adjacency[y * next.size + x] = 0
        for (const node of h) {
          point(next, y, node)
          if (undirected(next, x, node)) point(next, x, node)
        }
      })
      return graph === null ? [] : [{ graph, gain }]
    })
  })
}
