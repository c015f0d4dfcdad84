/** Two graphs side by side: nodes by a mapping, edges by the marks at their ends, and how far apart they are. */
import type { ResponseOf } from '../../src-shared/contract.ts'
import { structuralHammingDistance } from '../../src-shared/graph/distance.ts'
import { edgeBetween, type Ends, isDirected, sameMarks } from '../../src-shared/graph/edge.ts'
import { dagOf, markedDistance } from '../../src-shared/graph/marked-graph.ts'
import { checkMapping, type NodeMapping } from './node-mapping.ts'

export interface NamedGraph {
  readonly title: string
  readonly names: readonly string[]
  /** Node indices; the marks are those of the graph's equivalence class. */
  readonly edges: readonly Ends[]
  /** Category of each sample in every node, [L][n]; without ids where it is not known. */
  readonly samples: { readonly ids: readonly string[]; readonly labels: readonly ArrayLike<number>[] }
}

/** Edges of both in the indices of `here`. Throws `refused` as `checkMapping` does. */
export function compareGraphs(here: NamedGraph, there: NamedGraph, mapping: NodeMapping): ResponseOf<'graph.compare'> {
  checkMapping(here, there, mapping)
  const place = mapping.map((node) => node ?? undefined)
  const unmatched = there.names.filter((_, node) => place[node] === undefined)
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
    matched: there.names.flatMap((name, node) => {
      const own = place[node]
      return own === undefined ? [] : [{ node: own, there: name }]
    }),
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
