/** The read-out graph in DAGitty's language (http://www.dagitty.net): paste it there, or `dagitty(readLines(...))` in R. */
import type { LearnedGraph } from '../domain/result.ts'

/** DAGitty's quoted names know no escapes. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', "'").replace(/[\r\n]+/g, ' ')}"`
}

/** Positions are [x, y] a node in any unit, y downwards; without them DAGitty lays the graph out itself. */
export function graphToDagitty(graph: LearnedGraph, positions?: readonly (readonly [number, number])[]): string {
  const name = (node: number): string => quoted(graph.nodes[node]?.name ?? '')
  const nodes = graph.nodes.map((_, l) => {
    const position = positions?.[l]
    return position === undefined ? name(l) : `${name(l)} [pos="${position[0].toFixed(3)},${position[1].toFixed(3)}"]`
  })
  const edges = graph.edges.map(([from, to]) => `${name(from)} -> ${name(to)}`)
  return ['dag {', ...nodes, ...edges, '}', ''].join('\n')
}
