/** FCI's first half: which pairs stay joined whatever is conditioned on, and what separated the others (Spirtes et al. 2000). */
import { MixedGraph } from './mixed-graph.ts'

/** p-value of the independence of a and b given a set. */
export type IndependenceTester = (a: number, b: number, given: readonly number[]) => number

export interface Skeleton {
  readonly graph: MixedGraph
  /** What separated a pair that is not joined; null for pairs that are. */
  readonly separator: (a: number, b: number) => readonly number[] | null
}

interface Parting extends Skeleton {
  /** Tests a pair given each of some sets; parts it by the one that makes it look most independent. */
  readonly partBy: (a: number, b: number, candidates: readonly (readonly number[])[]) => boolean
}

/** Pairs independent given some of the neighbours of either are parted, the set kept: PC's skeleton. */
export function neighbourSkeleton(size: number, test: IndependenceTester, alpha: number): Parting {
  const separators = new Map<number, readonly number[]>()
  const key = (a: number, b: number): number => Math.min(a, b) * size + Math.max(a, b)
  const graph = new MixedGraph(size)
  for (let a = 0; a < size; a++) for (let b = a + 1; b < size; b++) graph.join(a, b)

  const partBy = (a: number, b: number, candidates: readonly (readonly number[])[]): boolean => {
    let best: readonly number[] | null = null
    let bestP = alpha
    for (const given of candidates) {
      const p = test(a, b, given)
      if (p <= bestP) continue
      bestP = p
      best = given
    }
    if (best === null) return false
    separators.set(key(a, b), best)
    return true
  }

  // Neighbours are those at the level's beginning, so that the order of the nodes does not matter (Colombo & Maathuis 2014).
  for (let level = 0; level <= size - 2; level++) {
    const before = Array.from({ length: size }, (_, node) => graph.neighbours(node))
    for (const { from: a, to: b } of graph.edges()) {
      const sets = [before[a]!, before[b]!].flatMap((near) => subsetsOf(without(near, a, b), level))
      if (partBy(a, b, sets)) graph.separate(a, b)
    }
  }
  return { graph, separator: (a, b) => separators.get(key(a, b)) ?? null, partBy }
}

/** Pairs independent given some set are parted, the set kept; every edge is left with two circles. */
export function findSkeleton(size: number, test: IndependenceTester, alpha: number): Skeleton {
  const { graph, separator, partBy } = neighbourSkeleton(size, test, alpha)
  orientColliders(graph, separator)
  // A pair may need what lies beyond its neighbours: nodes that an inducing path could pass through.
  const reach = Array.from({ length: size }, (_, node) => possibleDSep(graph, node))
  for (const { from: a, to: b } of graph.edges()) {
    const beyond = [a, b].flatMap((node) => everySubset(without(reach[node]!, a, b)))
    if (partBy(a, b, beyond)) graph.separate(a, b)
  }
  for (const { from: a, to: b } of graph.edges()) graph.join(a, b)
  return { graph, separator }
}

/** a *-> c <-* b wherever a and b are not joined and c is not in what separated them. */
export function orientColliders(graph: MixedGraph, separator: Skeleton['separator']): void {
  const colliders: [number, number][] = []
  for (let middle = 0; middle < graph.size; middle++) {
    const near = graph.neighbours(middle)
    for (const a of near) {
      for (const b of near) {
        if (a >= b || graph.adjacent(a, b) || separator(a, b)?.includes(middle) === true) continue
        colliders.push([a, middle], [b, middle])
      }
    }
  }
  for (const [from, middle] of colliders) graph.mark(from, middle, 'arrow')
}

/** Nodes that a path reaches on which every inner node is a collider or the middle of a triangle. */
function possibleDSep(graph: MixedGraph, start: number): number[] {
  const seen = new Set<string>()
  const reached = new Set<number>()
  const open: [number, number][] = graph.neighbours(start).map((next) => [start, next])
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    const [from, at] = step
    if (seen.has(`${from} ${at}`)) continue
    seen.add(`${from} ${at}`)
    reached.add(at)
    for (const next of graph.neighbours(at)) {
      if (next === from || next === start) continue
      const collider = graph.at(from, at) === 'arrow' && graph.at(next, at) === 'arrow'
      if (collider || graph.adjacent(from, next)) open.push([at, next])
    }
  }
  return [...reached].sort((a, b) => a - b)
}

function without(nodes: readonly number[], a: number, b: number): number[] {
  return nodes.filter((node) => node !== a && node !== b)
}

function subsetsOf(nodes: readonly number[], size: number): number[][] {
  if (size === 0) return [[]]
  return nodes.flatMap((node, at) => subsetsOf(nodes.slice(at + 1), size - 1).map((rest) => [node, ...rest]))
}

function everySubset(nodes: readonly number[]): number[][] {
  return Array.from({ length: nodes.length + 1 }, (_, size) => subsetsOf(nodes, size)).flat()
}
