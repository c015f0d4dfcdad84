/** The graph in Graphviz' DOT: https://graphviz.org/doc/info/lang.html. */
import { type Edge, type EndMark, isDirected, probabilityJoined, shown } from '../graph/edge.ts'
import type { Findings } from '../findings/finding.ts'
import type { LearnedGraph } from '../graph/learned-graph.ts'
import { colours } from '../colours.ts'
import { edgeWidth, faintness, lineKind, nodeLines } from '../graph-picture/look.ts'
import { givenWords } from '../knowledge/words.ts'
import { supportNumbers } from './support.ts'
import { toldLines } from './told.ts'

/** A quoted DOT string; a backslash would start an escape of its own. */
function quoted(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
  return `"${escaped.replace(/[\r\n]+/g, ' ')}"`
}

const arrowShapes: Readonly<Record<EndMark, string>> = { tail: 'none', arrow: 'normal', circle: 'odot' }

/** DOT draws a head at the second node unless told otherwise. */
function ends(edge: Edge): readonly string[] {
  if (isDirected(edge)) return []
  if (edge.fromMark === 'tail' && edge.toMark === 'tail') return ['dir=none']
  return ['dir=both', `arrowtail=${arrowShapes[edge.fromMark]}`, `arrowhead=${arrowShapes[edge.toMark]}`]
}

/** The picture's colour of lines, as far as it lets the paper through. */
const faint = `${colours.light['text-2']}${Math.round(255 * faintness).toString(16)}`

function style(edge: Edge): readonly string[] {
  const line = lineKind({ ...edge, match: 'plain' })
  if (edge.standing === 'unsupported') return [`style=${line}`, `color="${faint}"`]
  return line === 'solid' ? [] : [`style=${line}`]
}

/** What was known beforehand, where anything was. */
function givenComment({ given, nodes }: LearnedGraph): readonly string[] {
  if (given === undefined) return []
  const words = givenWords(
    given,
    nodes.map(({ name }) => name),
  )
  return words === '' ? [] : [`  // given: ${words.replace(/[\r\n]+/g, ' ')}`]
}

/** Edges as wide as they are strong, with their marks; dashed where the direction is open, dotted where unsupported. */
export function graphToDot(graph: LearnedGraph, finding?: Findings | null): string {
  const name = (node: number): string => quoted(graph.nodes[node]?.name ?? '')
  const nodes = graph.nodes.map((node, l) => {
    const line = nodeLines[node.standing]
    const look = [
      ...(line === 'solid' ? [] : [`style="rounded,${line}"`, `fontcolor="${colours.light.muted}"`]),
      ...(line === 'dotted' ? [`color="${faint}"`] : []),
    ]
    return `  ${name(l)} [tooltip=${quoted(`${node.name}: ${node.categories.join(', ')}`)}, ${[`standing=${node.standing}`, ...look].join(', ')}];`
  })
  const edges = graph.edges.map(shown).map((edge) => {
    const joined = probabilityJoined(edge)
    const attributes = [
      ...(joined === null ? [] : [`label="${joined.toFixed(2)}"`]),
      `penwidth=${edgeWidth(edge.strength).toFixed(2)}`,
      `strength=${edge.strength}`,
      ...Object.entries(supportNumbers(edge)).map(([key, value]) => `${key}=${value}`),
      `standing=${edge.standing}`,
      ...style(edge),
      ...ends(edge),
    ]
    return `  ${name(edge.from)} -> ${name(edge.to)} [${attributes.join(', ')}];`
  })
  return [
    'digraph causalscope {',
    ...toldLines(finding).map((line) => `  // ${line}`),
    ...givenComment(graph),
    '  // label: probability that the two are joined; dashed, no head: direction not stated; dotted: not supported; outlines of nodes: dashed where tentative, dotted where not supported',
    '  node [shape=box, style=rounded];',
    ...nodes,
    ...edges,
    '}',
    '',
  ].join('\n')
}
