/** Cytoscape's nodes and edges kept in step with the picture: what is new is added, what is gone removed, the rest updated. */
import type { Core } from 'cytoscape'
import { type Box, bow } from '../../src-shared/graph-picture/geometry.ts'
import { edgeLook } from '../../src-shared/graph-picture/look.ts'
import type { NodeBox } from '../../src-shared/graph-picture/node-box.ts'
import type { GraphPicture } from '../../src-shared/graph-picture/picture.ts'

/** Cytoscape's name of a node. */
function nodeId(node: number): string {
  return `n${node}`
}

/** Cytoscape's name of an edge. */
function edgeId(from: number, to: number): string {
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
  for (const edge of edges) {
    const { from, to, fromMark, toMark, label } = edge
    const id = edgeId(from, to)
    const data = { ...edgeLook(edge), fromMark, toMark, label }
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

/** Nodes to their places, edges past the boxes between their ends. */
export function syncPlaces(graph: Core, { edges }: GraphPicture, places: readonly Box[]): void {
  graph.batch(() => {
    places.forEach(({ x, y }, node) => graph.getElementById(nodeId(node)).position({ x, y }))
    for (const { from, to } of edges) {
      const [start, end] = [places[from], places[to]]
      if (start === undefined || end === undefined) continue
      const aside = bow(
        start,
        end,
        places.filter((_, node) => node !== from && node !== to),
      )
      const edge = graph.getElementById(edgeId(from, to))
      // Most edges keep their shape while one node is dragged.
      if (edge.data('bow') !== aside) edge.data('bow', aside)
    }
  })
}
