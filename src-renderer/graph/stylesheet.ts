/** How Cytoscape draws the edges, in the theme's colours; the nodes' boxes are elements of the page above its canvas. */
import type { EdgeSingular, StylesheetJson } from 'cytoscape'
import { colours, type Theme } from '../../src-shared/colours.ts'
import type { EndMark } from '../../src-shared/graph/edge.ts'
import { dashes, edgeLabelSize, endGap, endSize, matchColours } from '../../src-shared/graph-picture/look.ts'

const arrowShapes: Readonly<Record<EndMark, 'none' | 'triangle' | 'circle'>> = {
  tail: 'none',
  arrow: 'triangle',
  circle: 'circle',
}

/** Cytoscape's size of a head is this share of a length that it makes from the line's width. */
const headShare = 0.3

/** What makes Cytoscape's heads as long as the picture's. */
function arrowScale(width: number): number {
  return endSize(width) / (headShare * Math.max((width * 13.37) ** 0.9, 29))
}

const number = (edge: EdgeSingular, key: string): number => Number(edge.data(key))

/** On the screen no label is smaller than this, px; beyond `largestLabel` units it would lie on its neighbours. */
const smallestSeen = 9
const largestLabel = 16

/** Of the labels of edges, in the graph's units, whole: a picture that is made small keeps its words legible. */
export function labelSizeAt(zoom: number): number {
  return Math.round(Math.min(largestLabel, Math.max(edgeLabelSize, smallestSeen / zoom)))
}

export function graphStylesheet(theme: Theme, labelSize: number): StylesheetJson {
  const palette = colours[theme]
  const lines = [...new Set(Object.values(matchColours))].map((name) => ({
    selector: `edge[colour = "${name}"]`,
    style: {
      'line-color': palette[name],
      'source-arrow-color': palette[name],
      'target-arrow-color': palette[name],
    },
  }))
  const patterns = (['dashed', 'dotted'] as const).map((line) => ({
    selector: `edge[line = "${line}"]`,
    style: { 'line-style': 'dashed' as const, 'line-dash-pattern': [...dashes[line]] },
  }))
  const ends = (['source', 'target'] as const).flatMap((end) =>
    Object.entries(arrowShapes).map(([mark, shape]) => ({
      selector: `edge[${end === 'source' ? 'fromMark' : 'toMark'} = "${mark}"]`,
      style: { [`${end}-arrow-shape`]: shape, [`${end}-arrow-fill`]: mark === 'circle' ? 'hollow' : 'filled' },
    })),
  )
  return [
    {
      selector: 'node',
      style: {
        shape: 'round-rectangle',
        width: 'data(width)',
        height: 'data(height)',
        'background-opacity': 0,
        events: 'no',
      },
    },
    {
      selector: 'edge',
      style: {
        width: 'data(width)',
        'curve-style': 'unbundled-bezier',
        'control-point-distances': 'data(bow)',
        'control-point-weights': 0.5,
        'source-distance-from-node': endGap,
        'target-distance-from-node': endGap,
        'arrow-scale': (edge: EdgeSingular) => arrowScale(number(edge, 'width')),
        label: 'data(label)',
        'text-wrap': 'wrap',
        'font-size': labelSize,
        'font-family': '"Inter Variable", Inter, system-ui, sans-serif',
        color: palette['text-2'],
        'text-background-color': palette.surface,
        'text-background-opacity': 1,
        'text-background-padding': '3px',
        'overlay-opacity': 0,
        // Words stay legible on what is faint.
        'line-opacity': (edge: EdgeSingular) => number(edge, 'opacity'),
      },
    },
    ...lines,
    ...ends,
    ...patterns,
    {
      selector: 'edge[?chosen]',
      style: { 'underlay-color': palette.accent, 'underlay-opacity': 0.28, 'underlay-padding': 6 },
    },
  ]
}
