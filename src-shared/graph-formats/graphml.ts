/** The graph in GraphML 1.0 (http://graphml.graphdrawing.org): opens in yEd, Gephi, Cytoscape, igraph and NetworkX. */
import { isDirected, shown } from '../graph/edge.ts'
import type { Findings } from '../findings/finding.ts'
import type { LearnedGraph } from '../graph/learned-graph.ts'
import { supportNames, supportNumbers } from './support.ts'
import { escapeMarkup } from './markup.ts'
import { marginals } from './probabilities.ts'
import { toldData, toldKeys } from './told.ts'

interface Key {
  readonly id: string
  /** Where it differs from the id: ids are of one kind of element each, for igraph passes over keys for all. */
  readonly name?: string
  readonly target: 'node' | 'edge'
  readonly type: 'string' | 'double'
}

const keys: readonly Key[] = [
  { id: 'label', target: 'node', type: 'string' },
  { id: 'categories', target: 'node', type: 'string' },
  { id: 'probabilities', target: 'node', type: 'string' },
  { id: 'anchor', target: 'node', type: 'string' },
  { id: 'strength', target: 'edge', type: 'double' },
  ...supportNames.map((id): Key => ({ id, target: 'edge', type: 'double' })),
  { id: 'fromMark', target: 'edge', type: 'string' },
  { id: 'toMark', target: 'edge', type: 'string' },
  { id: 'standing', target: 'node', type: 'string' },
  { id: 'edgeStanding', name: 'standing', target: 'edge', type: 'string' },
]

function data(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([key, value]) => `<data key="${key}">${escapeMarkup(value)}</data>`)
    .join('')
}

/**
 * Nodes n0, n1, ... labelled with their names; lists (categories, probabilities) as JSON text. An edge is directed where
 * its marks are tail and arrow; what else the marks say is in `fromMark` (at the source) and `toMark` (at the target).
 */
export function graphToGraphMl(graph: LearnedGraph, finding?: Findings | null): string {
  const probabilities = marginals(graph)
  const nodes = graph.nodes.map((node, l) => {
    const values = {
      label: node.name,
      categories: JSON.stringify(node.categories),
      probabilities: JSON.stringify(probabilities[l]),
      ...(node.anchor === null ? {} : { anchor: node.anchor }),
      standing: node.standing,
    }
    return `    <node id="n${l}">${data(values)}</node>`
  })
  const all = graph.edges.map(shown)
  // networkx reads graphs of one kind of edges alone.
  const mixed = all.length === 0 || all.some(isDirected)
  const edges = all.map((edge, i) => {
    const numbers = { strength: edge.strength, ...supportNumbers(edge) }
    const values = {
      ...Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, String(value)])),
      fromMark: edge.fromMark,
      toMark: edge.toMark,
      edgeStanding: edge.standing,
    }
    const directed = isDirected(edge) || !mixed ? '' : ' directed="false"'
    return `    <edge id="e${i}" source="n${edge.from}" target="n${edge.to}"${directed}>${data(values)}</edge>`
  })
  // A program would show an attribute that is declared and never given as an empty column, or as zeros.
  const body = [...nodes, ...edges]
  const used = keys.filter(({ id }) => body.some((line) => line.includes(`<data key="${id}">`)))
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
    '  xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">',
    ...toldKeys(finding),
    ...used.map(
      ({ id, name = id, target, type }) =>
        `  <key id="${id}" for="${target}" attr.name="${name}" attr.type="${type}"/>`,
    ),
    `  <graph id="causalscope" edgedefault="${mixed ? 'directed' : 'undirected'}">`,
    ...toldData(finding),
    ...body,
    '  </graph>',
    '</graphml>',
    '',
  ].join('\n')
}
