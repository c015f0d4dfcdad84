/** Cytoscape's nodes and edges kept in step with the picture: what is new is added, what is gone removed, the rest updated. */
import type { Core } from 'cytoscape'
import { isOpen } from '../../src-shared/graph/edge.ts'
import { nodeId } from './layouts.ts'
import type { NodeBox } from './node-box.ts'
import { edgeWidth, type GraphPicture } from './picture.ts'

/** Cytoscape's name of an edge. */
export function edgeId(from: number, to: number): string {
  return `e${from}-${to}`
}

function syncNodes(graph: Core, { nodes }: GraphPicture, boxes: readonly NodeBox[]): void {
  for (const { node } of nodes) {
    const { width = 0, height = 0 } = boxes[node] ?? {}
    const element = graph.getElementById(nodeId(node))
    if (element.empty()) graph.add({ group: 'nodes', data: { id: nodeId(node), width, height } })
    else element.data({ width, height })
  }
  const wanted = new Set(nodes.map(({ node }) => nodeId(node)))
  graph.nodes().forEach((element) => {
    if (!wanted.has(element.id())) element.remove()
  })
}

function syncEdges(graph: Core, { edges }: GraphPicture): void {
  const wanted = new Set(edges.map(({ from, to }) => edgeId(from, to)))
  graph.edges().forEach((element) => {
    if (!wanted.has(element.id())) element.remove()
  })
  for (const { from, to, fromMark, toMark, strength, label, standing, match } of edges) {
    const id = edgeId(from, to)
    const data = {
      width: edgeWidth(strength),
      // Edges that are only beginning to form are faint.
      opacity: Math.min(1, 0.25 + strength * 1.5),
      fromMark,
      toMark,
      open: isOpen({ fromMark, toMark }) ? 1 : 0,
      label,
      standing,
      match,
    }
    const element = graph.getElementById(id)
    if (element.empty())
      graph.add({ group: 'edges', data: { id, source: nodeId(from), target: nodeId(to), from, to, bow: 0, ...data } })
    else element.data(data)
  }
}

/** @param boxes by node */
export function syncElements(graph: Core, picture: GraphPicture, boxes: readonly NodeBox[]): void {
  graph.batch(() => {
    syncNodes(graph, picture, boxes)
    syncEdges(graph, picture)
  })
}
