/** Two graphs side by side: nodes matched by name, edges by the marks at their ends, and how far apart they are. */
import type { ResponseOf } from '../../src-shared/contract.ts'
import { refused } from '../../src-shared/errors.ts'
import { structuralHammingDistance } from '../../src-shared/graph/distance.ts'
import { edgeBetween, type Ends, isDirected, sameMarks } from '../../src-shared/graph/edge.ts'
import { dagOf, markedDistance } from '../../src-shared/graph/marked-graph.ts'

export interface NamedGraph {
  readonly title: string
  readonly names: readonly string[]
  /** Node indices; the marks are those of the graph's equivalence class. */
  readonly edges: readonly Ends[]
}

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
  const own = here.edges.map(bare)
  const others = there.edges.flatMap((edge): Ends[] => {
    const [from, to] = [place[edge.from], place[edge.to]]
    return from === undefined || to === undefined ? [] : [{ ...bare(edge), from, to }]
  })
  const standing = (edge: Ends): 'shared' | 'loose' | 'reversed' | 'onlyHere' => {
    const other = edgeBetween(others, edge.from, edge.to)
    if (other === undefined) return 'onlyHere'
    if (sameMarks(edge, other)) return 'shared'
    return isDirected(edge) && other.fromMark === 'arrow' && other.toMark === 'tail' ? 'reversed' : 'loose'
  }
  const size = here.names.length
  return {
    title: there.title,
    shared: own.filter((edge) => standing(edge) === 'shared'),
    loose: own.filter((edge) => standing(edge) === 'loose'),
    reversed: own.filter((edge) => standing(edge) === 'reversed'),
    onlyHere: own.filter((edge) => standing(edge) === 'onlyHere'),
    onlyThere: others.filter((edge) => edgeBetween(own, edge.from, edge.to) === undefined),
    cpdagShd: markedDistance(own, others),
    shd: structuralHammingDistance(dagOf(size, own), dagOf(size, others)),
    unmatched,
  }
}

function bare({ from, to, fromMark, toMark }: Ends): Ends {
  return { from, to, fromMark, toMark }
}
