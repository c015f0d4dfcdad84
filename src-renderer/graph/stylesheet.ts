/** How Cytoscape draws the edges, in the theme's colours; the nodes' boxes are elements of the page above its canvas. */
import type { EdgeSingular, StylesheetJson } from 'cytoscape'
import type { EndMark } from '../../src-shared/graph/edge.ts'
import { token } from '../state/theme.svelte.ts'
import type { Match } from './picture.ts'

/** Tokens of tokens.css for edges by how they stand to the other graph. */
export const matchColours: Readonly<Record<Match, `--${string}`>> = {
  plain: '--text-2',
  shared: '--good',
  loose: '--warn',
  reversed: '--warn',
  'only-here': '--bad',
  'only-there': '--bad',
}

const arrowShapes: Readonly<Record<EndMark, 'none' | 'triangle' | 'circle'>> = {
  tail: 'none',
  arrow: 'triangle',
  circle: 'circle',
}

export function graphStylesheet(): StylesheetJson {
  const matches = Object.entries(matchColours).map(([match, colour]) => ({
    selector: `edge[match = "${match}"]`,
    style: {
      'line-color': token(colour),
      'source-arrow-color': token(colour),
      'target-arrow-color': token(colour),
    },
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
        'source-distance-from-node': 2,
        'target-distance-from-node': 3,
        'arrow-scale': 1.15,
        label: 'data(label)',
        'font-size': 11,
        'font-family': '"Inter Variable", Inter, system-ui, sans-serif',
        color: token('--text-2'),
        'text-background-color': token('--surface'),
        'text-background-opacity': 1,
        'text-background-padding': '3px',
        'overlay-opacity': 0,
        opacity: (edge: EdgeSingular) => Number(edge.data('opacity')),
      },
    },
    ...matches,
    ...ends,
    { selector: 'edge[?open]', style: { 'line-style': 'dashed' } },
    { selector: 'edge[standing = "unsupported"]', style: { 'line-style': 'dotted', opacity: 0.45 } },
    { selector: 'edge[match = "only-there"]', style: { 'line-style': 'dotted' } },
    {
      selector: 'edge[?chosen]',
      style: { 'underlay-color': token('--accent'), 'underlay-opacity': 0.28, 'underlay-padding': 6 },
    },
  ]
}
