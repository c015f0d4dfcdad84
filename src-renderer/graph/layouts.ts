/** The three layouts as Cytoscape takes them. Each gives the same picture every time; pinned nodes stay where they are. */
import type { LayoutOptions } from 'cytoscape'
import type { DagreLayoutOptions } from 'cytoscape-dagre'
import type { GraphAnnotations } from '../../src-shared/contract/graphs.ts'
import type { Position } from './picture.ts'

export type LayoutName = GraphAnnotations['layout']

/** Cytoscape's name of a node. */
export function nodeId(node: number): string {
  return `n${node}`
}

export interface Pin {
  readonly node: number
  readonly position: Position
}

export function pinsOf(positions: readonly (Position | null)[]): readonly Pin[] {
  return positions.flatMap((position, node) => (position === null ? [] : [{ node, position }]))
}

/** Places on a circle wide enough for boxes beside each other, the first on top, clockwise. */
export function circlePositions(count: number, boxWidth = 150): readonly Position[] {
  const radius = count < 2 ? 0 : Math.max(130, (count * (boxWidth + 30)) / (2 * Math.PI))
  return Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * i) / count - Math.PI / 2
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) }
  })
}

/** fCoSE's own options, of which the package has no types. */
interface ForceOptions {
  readonly name: 'fcose'
  readonly [option: string]: unknown
}

/** The force layout goes on from where the nodes are, not from random places, so that it ends alike every time. */
export function layoutOptions(
  layout: LayoutName,
  nodes: number,
  pins: readonly Pin[],
): LayoutOptions | DagreLayoutOptions | ForceOptions {
  const still = { animate: false, fit: false } as const
  switch (layout) {
    case 'layered':
      return { name: 'dagre', ...still, rankDir: 'TB', nodeSep: 48, rankSep: 84, edgeSep: 24 }
    case 'force':
      return {
        name: 'fcose',
        ...still,
        randomize: false,
        quality: 'proof',
        nodeDimensionsIncludeLabels: false,
        idealEdgeLength: 150,
        nodeRepulsion: 18_000,
        nodeSeparation: 140,
        numIter: 4000,
        initialEnergyOnIncremental: 0.5,
        fixedNodeConstraint: pins.map(({ node, position }) => ({ nodeId: nodeId(node), position })),
      }
    case 'circle': {
      const places = circlePositions(nodes)
      return {
        name: 'preset',
        ...still,
        positions: Object.fromEntries(places.map((place, i) => [nodeId(i), { ...place }])),
      }
    }
  }
}
