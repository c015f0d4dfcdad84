/** How Cytoscape draws the edges, in the theme's colours; the nodes' boxes are elements of the page above its canvas. */
import type { EdgeSingular, StylesheetJson } from 'cytoscape'
import { token } from '../state/theme.svelte.ts'
import type { Standing } from './picture.ts'

/** Tokens of tokens.css for edges by how they stand to the other graph. */
export const standingColours: Readonly<Record<Standing, `--${string}`>> = {
  plain: '--text-2',
  shared: '--good',
  reversed: '--warn',
  'only-here': '--bad',
  'only-there': '--bad',
}

export function graphStylesheet(): StylesheetJson {
  const standings = Object.entries(standingColours).map(([standing, colour]) => ({
    selector: `edge[standing = "${standing}"]`,
    style: { 'line-color': token(colour), 'target-arrow-color': token(colour) },
  }))
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
        'target-arrow-shape': 'triangle',
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
    ...standings,
    { selector: 'edge[?open]', style: { 'line-style': 'dashed', 'target-arrow-shape': 'none' } },
    { selector: 'edge[standing = "only-there"]', style: { 'line-style': 'dotted' } },
    {
      selector: 'edge[?chosen]',
      style: { 'underlay-color': token('--accent'), 'underlay-opacity': 0.28, 'underlay-padding': 6 },
    },
  ]
}
