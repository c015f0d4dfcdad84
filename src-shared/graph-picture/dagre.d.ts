/**
 * The part of dagre 3 used here. Its own declarations import one another without file extensions, which Node's module
 * resolution does not follow, so that every type in them comes out unknown.
 */
declare module '@dagrejs/dagre' {
  export interface Point {
    x: number
    y: number
  }

  export interface GraphLabel {
    rankdir?: 'TB' | 'BT' | 'LR' | 'RL'
    nodesep?: number
    edgesep?: number
    ranksep?: number
    marginx?: number
    marginy?: number
    /** Set by the layout. */
    width?: number
    height?: number
  }

  export interface NodeLabel extends Partial<Point> {
    width: number
    height: number
  }

  export interface EdgeLabel extends Partial<Point> {
    width?: number
    height?: number
    labelpos?: 'l' | 'c' | 'r'
    /** Set by the layout: from border to border. */
    points?: Point[]
  }

  export class Graph {
    setGraph(label: GraphLabel): this
    graph(): GraphLabel
    setNode(id: string, label: NodeLabel): this
    node(id: string): NodeLabel
    setEdge(from: string, to: string, label: EdgeLabel): this
    edge(from: string, to: string): EdgeLabel
  }

  /** Adds positions to the labels of the graph. */
  export function layout(graph: Graph): void
}
