/** Where a drawn graph's nodes and edges go: a layered layout (dagre, Sugiyama et al. 1981), causes above effects. */
import { Graph, layout, type Point } from '@dagrejs/dagre'

export interface Box {
  readonly width: number
  readonly height: number
}

export interface GraphLayout extends Box {
  /** Centre of each node. */
  readonly nodes: readonly Point[]
  /** Bends of each edge from border to border, and the centre of its label. */
  readonly edges: readonly { readonly points: readonly Point[]; readonly label: Point }[]
}

/** Lays out boxes and edges [from, to] with room for a label on each edge; lengths in pixels. */
export function graphLayout(
  boxes: readonly Box[],
  edges: readonly (readonly [number, number])[],
  label: Box,
): GraphLayout {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'TB', nodesep: 56, ranksep: 44, edgesep: 24, marginx: 12, marginy: 12 })
  boxes.forEach(({ width, height }, l) => graph.setNode(String(l), { width, height }))
  for (const [from, to] of edges) graph.setEdge(String(from), String(to), { ...label, labelpos: 'c' })
  layout(graph)
  const { width = 0, height = 0 } = graph.graph()
  return {
    width,
    height,
    nodes: boxes.map((_, l) => {
      const { x = 0, y = 0 } = graph.node(String(l))
      return { x, y }
    }),
    edges: edges.map(([from, to]) => {
      const { points = [], x = 0, y = 0 } = graph.edge(String(from), String(to))
      return { points, label: { x, y } }
    }),
  }
}
