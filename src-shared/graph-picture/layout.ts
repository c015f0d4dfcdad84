/** Where the boxes stand. Each layout gives the same places every time; pinned nodes stay where they are. */
import { Graph, layout as layered } from '@dagrejs/dagre'
import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from 'd3-force'
import type { Ends } from '../graph/edge.ts'
import type { Box, Position } from './geometry.ts'
import type { Placement } from './placement.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

/** Places on a circle wide enough for the boxes beside each other, the first on top, clockwise. */
export function circlePositions(sizes: readonly Size[]): readonly Position[] {
  const count = sizes.length
  const widest = Math.max(0, ...sizes.map(({ width }) => width))
  const highest = Math.max(0, ...sizes.map(({ height }) => height))
  // Neighbours stand a chord apart; a diagonal apart, boxes cannot touch.
  const chord = Math.hypot(widest, highest) + 12
  const radius = count < 2 ? 0 : Math.max(130, chord / (2 * Math.sin(Math.PI / count)))
  return sizes.map((_, i) => {
    const angle = (2 * Math.PI * i) / count - Math.PI / 2
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) }
  })
}

/** Causes above effects (dagre; Sugiyama et al. 1981). */
function layeredPositions(sizes: readonly Size[], edges: readonly Ends[]): readonly Position[] {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'TB', nodesep: 48, ranksep: 84, edgesep: 24 })
  sizes.forEach(({ width, height }, node) => graph.setNode(String(node), { width, height }))
  for (const { from, to } of edges) graph.setEdge(String(from), String(to), {})
  layered(graph)
  return sizes.map((_, node) => {
    const { x = 0, y = 0 } = graph.node(String(node))
    return { x, y }
  })
}

/** Steps in which the forces come to rest. */
const steps = 300

/** Joined nodes draw together, all others apart (d3-force), from the layered places on; boxes never overlap. */
function forcePositions(
  sizes: readonly Size[],
  edges: readonly Ends[],
  pinned: Placement['positions'],
): readonly Position[] {
  const start = layeredPositions(sizes, edges)
  const nodes = start.map(({ x, y }, node): SimulationNodeDatum => {
    const pin = pinned[node]
    return pin == null ? { x, y } : { x: pin.x, y: pin.y, fx: pin.x, fy: pin.y }
  })
  const middle = (of: (position: Position) => number): number =>
    start.reduce((sum, position) => sum + of(position), 0) / Math.max(1, start.length)
  const reach = sizes.map(({ width, height }) => Math.hypot(width, height) / 2 + 10)
  forceSimulation(nodes)
    .force('apart', forceManyBody().strength(-1200))
    .force(
      'joined',
      forceLink(edges.map(({ from, to }) => ({ source: from, target: to })))
        .distance(({ source, target }) => 40 + reachOf(reach, source) + reachOf(reach, target))
        .strength(0.6),
    )
    .force('boxes', forceCollide((_, node) => reach[node] ?? 0).iterations(4))
    .force('x', forceX(middle(({ x }) => x)).strength(0.05))
    .force('y', forceY(middle(({ y }) => y)).strength(0.05))
    .stop()
    .tick(steps)
  return nodes.map(({ x = 0, y = 0 }) => ({ x, y }))
}

/** Once started, a simulation has put its nodes where their indices were. */
function reachOf(reach: readonly number[], end: SimulationNodeDatum | string | number): number {
  return (typeof end === 'object' ? reach[end.index ?? -1] : reach[Number(end)]) ?? 0
}

function positionsOf(
  sizes: readonly Size[],
  edges: readonly Ends[],
  { layout, positions }: Placement,
): readonly Position[] {
  switch (layout) {
    case 'layered':
      return layeredPositions(sizes, edges)
    case 'force':
      return forcePositions(sizes, edges, positions)
    case 'circle':
      return circlePositions(sizes)
    default:
      return layout satisfies never
  }
}

/** Each node's box where it stands, by node. */
export function placed(sizes: readonly Size[], edges: readonly Ends[], placement: Placement): readonly Box[] {
  const found = positionsOf(sizes, edges, placement)
  return sizes.map(({ width, height }, node) => ({
    ...(placement.positions[node] ?? found[node] ?? { x: 0, y: 0 }),
    width,
    height,
  }))
}
