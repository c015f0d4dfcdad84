/** Two graphs side by side: nodes matched by name, edges that agree, and how far apart they are. */
import type { ResponseOf } from '../../src-shared/contract.ts'
import { refused } from '../../src-shared/errors.ts'
import { cpdagDistance, structuralHammingDistance } from '../../src-shared/graph/distance.ts'
import { digraph } from '../../src-shared/graph/digraph.ts'

export interface NamedGraph {
  readonly title: string
  readonly names: readonly string[]
  readonly edges: readonly (readonly [number, number])[]
}

type Pair = readonly [number, number]
const plain = (name: string): string => name.trim().toLowerCase()

/** Edges of both in the indices of `here`. Throws `refused` when they have no nodes in common. */
export function compareGraphs(here: NamedGraph, there: NamedGraph): ResponseOf<'graph.compare'> {
  const index = new Map(here.names.map((name, node) => [plain(name), node]))
  const place = there.names.map((name) => index.get(plain(name)))
  const unmatched = there.names.filter((_, node) => place[node] === undefined)
  if (unmatched.length === there.names.length)
    throw refused(
      `${there.title} has no node of the same name: it has ${there.names.join(', ')}.`,
      `Rename this graph's nodes (${here.names.join(', ')}) to match, then compare again.`,
    )
  const others = there.edges.flatMap(([from, to]): Pair[] => {
    const [a, b] = [place[from], place[to]]
    return a === undefined || b === undefined ? [] : [[a, b]]
  })
  const has = (edges: readonly Pair[], [from, to]: Pair): boolean => edges.some(([a, b]) => a === from && b === to)
  const turned = ([from, to]: Pair): Pair => [to, from]
  const size = here.names.length
  const [mine, theirs] = [digraph(size, here.edges), digraph(size, others)]
  return {
    title: there.title,
    shared: here.edges.filter((edge) => has(others, edge)),
    reversed: here.edges.filter((edge) => !has(others, edge) && has(others, turned(edge))),
    onlyHere: here.edges.filter((edge) => !has(others, edge) && !has(others, turned(edge))),
    onlyThere: others.filter((edge) => !has(here.edges, edge) && !has(here.edges, turned(edge))),
    shd: structuralHammingDistance(mine, theirs),
    cpdagShd: cpdagDistance(mine, theirs),
    unmatched,
  }
}
