/** The graph in Graphviz' DOT: https://graphviz.org/doc/info/lang.html. */
import type { LearnedGraph } from '../domain/result.ts'
import { frequenciesKnown, joined, links } from './links.ts'

/** A quoted DOT string; a backslash would start an escape of its own. */
function quoted(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
  return `"${escaped.replace(/[\r\n]+/g, ' ')}"`
}

/** Edges as wide as they are strong; dashed and without a head where the data do not fix the direction. */
export function graphToDot(graph: LearnedGraph): string {
  const name = (node: number): string => quoted(graph.nodes[node]?.name ?? '')
  const nodes = graph.nodes.map(
    (node, l) => `  ${name(l)} [tooltip=${quoted(`${node.name}: ${node.categories.join(', ')}`)}];`,
  )
  const known = frequenciesKnown(graph)
  const edges = links(graph).map((link) => {
    const attributes = [
      ...(known ? [`label="${Math.round(joined(link) * 100)} %"`] : []),
      `penwidth=${(1 + 3 * link.strength ** 2).toFixed(2)}`,
      `strength=${link.strength}`,
      ...(known ? [`frequency=${link.frequency}`] : []),
      ...(link.directionFixed ? [] : ['style=dashed', 'dir=none']),
    ]
    return `  ${name(link.from)} -> ${name(link.to)} [${attributes.join(', ')}];`
  })
  return [
    'digraph causalscope {',
    '  // label: share of restarts with the edge; dashed: direction not fixed by the data',
    '  node [shape=box, style=rounded];',
    ...nodes,
    ...edges,
    '}',
    '',
  ].join('\n')
}
