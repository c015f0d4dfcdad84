/** The graph in DAGitty's language (http://www.dagitty.net): paste it there, or `dagitty(readLines(...))` in R. */
import { type EndMark, type Ends, isBidirected, isDirected, shown } from '../graph/edge.ts'
import { cautionsOf, type Findings } from '../findings/finding.ts'
import type { LearnedGraph } from '../graph/learned-graph.ts'

/** DAGitty's quoted names know no escapes but that of the quote, which one may end with by chance, and no control characters. */
function quoted(text: string): string {
  return `"${text
    .replaceAll('"', "'")
    .replace(/\\$/, '/')
    .replace(/\p{Cc}+/gu, ' ')}"`
}

const left: Readonly<Record<EndMark, string>> = { tail: '-', arrow: '<', circle: '@' }
const right: Readonly<Record<EndMark, string>> = { tail: '-', arrow: '>', circle: '@' }

/** `->`, `--`, `<->`, `@->`, `@-@`. */
function sign({ fromMark, toMark }: Ends): string {
  const [a, b] = [left[fromMark], right[toMark]]
  return a === '-' || b === '-' ? `${a}${b}` : `${a}-${b}`
}

/** DAGitty reads circles in a PAG alone, and edges without a direction in a PDAG or a PAG. */
function graphType(edges: readonly Ends[]): 'dag' | 'pdag' | 'pag' {
  if (edges.some(({ fromMark, toMark }) => fromMark === 'circle' || toMark === 'circle')) return 'pag'
  return edges.every((edge) => isDirected(edge) || isBidirected(edge)) ? 'dag' : 'pdag'
}

/** Positions are [x, y] a node in any unit, y downwards; without them DAGitty lays the graph out itself. */
export function graphToDagitty(
  graph: LearnedGraph,
  positions?: readonly (readonly [number, number])[],
  finding?: Findings | null,
): string {
  const name = (node: number): string => quoted(graph.nodes[node]?.name ?? '')
  const nodes = graph.nodes.map((_, l) => {
    const position = positions?.[l]
    return position === undefined ? name(l) : `${name(l)} [pos="${position[0].toFixed(3)},${position[1].toFixed(3)}"]`
  })
  const edges = graph.edges.map(shown)
  const lines = edges.map((edge) => `${name(edge.from)} ${sign(edge)} ${name(edge.to)}`)
  // DAGitty knows no comments, but passes over attributes of the graph that it does not know.
  const told =
    finding == null
      ? []
      : [`finding=${quoted(finding.headline)}`, ...cautionsOf(finding).map((caution) => `careful=${quoted(caution)}`)]
  return [`${graphType(edges)} {`, ...told, ...nodes, ...lines, '}', ''].join('\n')
}
