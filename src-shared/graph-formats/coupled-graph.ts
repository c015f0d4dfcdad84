/**
 * The partial causal graph as text for other tools (partial-causal.md section 6): private and shared latents of each
 * modality, arrows from them to what was measured, and between the shared latents one line without a direction.
 */
import type { JudgedComponent, JudgedCoupling, JudgedPrivate } from '../findings/judged-coupling.ts'
import { standingWords } from '../graph/edge-words.ts'
import { percent } from '../findings/words.ts'
import { escapeMarkup } from './markup.ts'
import { type About, aboutRecord, toldData, toldKeys, toldLines } from './told.ts'

interface PartialNode {
  readonly id: string
  readonly label: string
  readonly kind: 'measured' | 'shared' | 'private'
  /** Of a private node: what of it was found. */
  readonly components?: readonly JudgedPrivate[]
}

interface PartialEdge {
  readonly from: string
  readonly to: string
  readonly directed: boolean
  /** Of an undirected edge: what both sides share at least, nats, and the coupling of each component. */
  readonly information?: number
  readonly coupling?: readonly {
    readonly component: string
    readonly correlation: number
    readonly standing: JudgedComponent['standing']
  }[]
}

interface PartialGraph {
  readonly nodes: readonly PartialNode[]
  readonly edges: readonly PartialEdge[]
}

function partialGraph({ modalities, pairs, components, privates }: JudgedCoupling): PartialGraph {
  const at = (name: string): number => modalities.findIndex((modality) => modality.name === name)
  return {
    nodes: modalities.flatMap(({ name }, m): PartialNode[] => [
      {
        ...{ id: `m${m}`, label: `private to ${name}`, kind: 'private' },
        components: privates.find(({ modality }) => modality === name)?.components ?? [],
      },
      { id: `x${m}`, label: name, kind: 'measured' },
      { id: `z${m}`, label: `shared latents of ${name}`, kind: 'shared' },
    ]),
    edges: [
      ...modalities.flatMap((_, m): PartialEdge[] => [
        { from: `m${m}`, to: `x${m}`, directed: true },
        { from: `z${m}`, to: `x${m}`, directed: true },
      ]),
      ...pairs.map(({ first, second, information }, p): PartialEdge => ({
        from: `z${at(first)}`,
        to: `z${at(second)}`,
        directed: false,
        information,
        coupling: components.map(({ name, coupling, standing }) => ({
          component: name,
          correlation: coupling[p]!,
          standing,
        })),
      })),
    ],
  }
}

export function partialGraphText(coupling: JudgedCoupling, format: 'json' | 'dot' | 'graphml', about: About): string {
  const graph = partialGraph(coupling)
  switch (format) {
    case 'json':
      return `${JSON.stringify({ kind: 'partial causal graph', ...graph, components: coupling.components, replicates: coupling.replicates, mcc: coupling.mcc, ...aboutRecord(about) }, null, 2)}\n`
    case 'dot':
      return dot(graph, about.finding)
    case 'graphml':
      return graphml(graph, about.finding)
  }
}

/** "C1 0.98, C2 0.61 (tentative)" */
function couplingLabel({ coupling = [] }: PartialEdge): string {
  return coupling
    .map(({ component, correlation, standing }) => {
      const words = standingWords[standing]
      return `${component} ${correlation.toFixed(2)}${words === '' ? '' : ` (${words})`}`
    })
    .join(', ')
}

/** "private to images: P1 24 %, P2 13 % (tentative)" */
function nodeLabel({ label, components = [] }: Pick<PartialNode, 'label' | 'components'>): string {
  if (components.length === 0) return label
  const each = components.map(({ name, explained, standing }) => {
    const words = standingWords[standing]
    return `${name} ${percent(explained)}${words === '' ? '' : ` (${words})`}`
  })
  return `${label}: ${each.join(', ')}`
}

const shapes = { measured: 'box', shared: 'ellipse', private: 'ellipse' } as const

function quoted(text: string): string {
  return `"${text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replace(/[\r\n]+/g, ' ')}"`
}

function dot({ nodes, edges }: PartialGraph, finding: About['finding']): string {
  return [
    'digraph partial {',
    ...toldLines(finding).map((line) => `  // ${line}`),
    ...nodes.map((node) => {
      const { id, kind } = node
      const label = nodeLabel(node)
      const dashed = kind === 'private' ? ', style=dashed' : ''
      return `  ${id} [label=${quoted(label)}, shape=${shapes[kind]}${dashed}];`
    }),
    ...edges.map((edge) =>
      edge.directed
        ? `  ${edge.from} -> ${edge.to};`
        : `  ${edge.from} -> ${edge.to} [dir=none, constraint=false, label=${quoted(couplingLabel(edge))}];`,
    ),
    '}',
    '',
  ].join('\n')
}

function graphml({ nodes, edges }: PartialGraph, finding: About['finding']): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...toldKeys(finding),
    '  <key id="label" for="node" attr.name="label" attr.type="string"/>',
    '  <key id="kind" for="node" attr.name="kind" attr.type="string"/>',
    '  <key id="information" for="edge" attr.name="information" attr.type="double"/>',
    '  <key id="coupling" for="edge" attr.name="coupling" attr.type="string"/>',
    '  <graph edgedefault="directed">',
    ...toldData(finding),
    ...nodes.map(
      ({ id, kind, ...node }) =>
        `    <node id="${id}"><data key="label">${escapeMarkup(nodeLabel(node))}</data><data key="kind">${kind}</data></node>`,
    ),
    ...edges.map((edge) => {
      const { from, to, directed, information } = edge
      const data =
        information === undefined
          ? ''
          : `<data key="information">${information}</data><data key="coupling">${escapeMarkup(couplingLabel(edge))}</data>`
      return `    <edge source="${from}" target="${to}" directed="${directed}">${data}</edge>`
    }),
    '  </graph>',
    '</graphml>',
    '',
  ].join('\n')
}
