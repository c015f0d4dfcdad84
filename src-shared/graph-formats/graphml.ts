/** The graph in GraphML 1.0 (http://graphml.graphdrawing.org): opens in yEd, Gephi, Cytoscape, igraph and NetworkX. */
import type { LearnedGraph } from '../domain/result.ts'
import { frequenciesKnown, joined, links } from './links.ts'
import { escapeMarkup } from './markup.ts'
import { marginals } from './probabilities.ts'

interface Key {
  readonly id: string
  readonly target: 'node' | 'edge'
  readonly type: 'string' | 'double' | 'boolean'
}

const keys: readonly Key[] = [
  { id: 'label', target: 'node', type: 'string' },
  { id: 'categories', target: 'node', type: 'string' },
  { id: 'probabilities', target: 'node', type: 'string' },
  { id: 'anchor', target: 'node', type: 'string' },
  { id: 'strength', target: 'edge', type: 'double' },
  { id: 'frequency', target: 'edge', type: 'double' },
  { id: 'joined', target: 'edge', type: 'double' },
  { id: 'directionFixed', target: 'edge', type: 'boolean' },
]

function data(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([key, value]) => `<data key="${key}">${escapeMarkup(value)}</data>`)
    .join('')
}

/** Nodes n0, n1, ... labelled with their names; lists (categories, probabilities) as JSON text. */
export function graphToGraphMl(graph: LearnedGraph): string {
  const probabilities = marginals(graph)
  const nodes = graph.nodes.map((node, l) => {
    const values = {
      label: node.name,
      categories: JSON.stringify(node.categories),
      probabilities: JSON.stringify(probabilities[l]),
      ...(node.anchor === null ? {} : { anchor: node.anchor }),
    }
    return `    <node id="n${l}">${data(values)}</node>`
  })
  const edges = links(graph).map((link, i) => {
    const values = {
      strength: String(link.strength),
      ...(frequenciesKnown(graph) ? { frequency: String(link.frequency), joined: String(joined(link)) } : {}),
      directionFixed: String(link.directionFixed),
    }
    return `    <edge id="e${i}" source="n${link.from}" target="n${link.to}">${data(values)}</edge>`
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
    '  xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">',
    ...keys.map(({ id, target, type }) => `  <key id="${id}" for="${target}" attr.name="${id}" attr.type="${type}"/>`),
    '  <graph id="causalscope" edgedefault="directed">',
    ...nodes,
    ...edges,
    '  </graph>',
    '</graphml>',
    '',
  ].join('\n')
}
