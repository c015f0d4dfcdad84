/** A learned graph as the text of any of the formats: one place that the exports and the window's preview share. */
import type { LearnedGraph } from '../graph/learned-graph.ts'
import { graphToBif } from './bif.ts'
import { graphToDagitty } from './dagitty.ts'
import { graphToDot } from './dot.ts'
import { graphToGraphMl } from './graphml.ts'
import { graphToJson } from './json.ts'
import type { About } from './told.ts'

export type GraphTextFormat = 'json' | 'dot' | 'graphml' | 'dagitty' | 'bif'

export interface GraphTextContext extends About {
  /** [x, y] of each node, y downwards: DAGitty keeps the layout. */
  readonly positions?: readonly (readonly [number, number])[]
}

export function graphText(graph: LearnedGraph, format: GraphTextFormat, context: GraphTextContext = {}): string {
  switch (format) {
    case 'json':
      return graphToJson(graph, context)
    case 'dot':
      return graphToDot(graph, context.finding)
    case 'graphml':
      return graphToGraphMl(graph, context.finding)
    case 'dagitty':
      return graphToDagitty(graph, context.positions, context.finding)
    case 'bif':
      return graphToBif(graph, context.finding)
    default:
      return format satisfies never
  }
}
