/** Names that a person gave to learned nodes, categories and components, laid over the run's own wherever these are shown. */
import { refused } from '../errors.ts'
import type { GraphNode, LearnedGraph } from '../graph/learned-graph.ts'

/** By node, category, component and outcome index; a missing or null entry leaves the run's own name. The window's annotations fit. */
export interface GraphNames {
  readonly names?: readonly (string | null | undefined)[]
  readonly categories?: readonly (readonly (string | null | undefined)[] | null | undefined)[]
  readonly components?: readonly (string | null | undefined)[]
  /** By joint outcome. */
  readonly clusters?: readonly (string | null | undefined)[]
}

function firstRepeated(names: readonly string[]): string | undefined {
  return names.find((name, i) => names.indexOf(name) !== i)
}

function renamed(node: GraphNode, l: number, { names, categories }: GraphNames): GraphNode {
  return {
    ...node,
    name: names?.[l] ?? node.name,
    categories: node.categories.map((category, k) => categories?.[l]?.[k] ?? category),
  }
}

/** The graph under the given names. Throws `refused` when two nodes, or two categories of a node, get one name. */
export function withNames(graph: LearnedGraph, names: GraphNames | undefined): LearnedGraph {
  const nodes = names === undefined ? graph.nodes : graph.nodes.map((node, l) => renamed(node, l, names))
  const twice = firstRepeated(nodes.map((node) => node.name))
  if (twice !== undefined)
    throw refused(`Two nodes are called "${twice}".`, 'Give each node a name of its own.', { field: twice })
  for (const node of nodes) {
    const category = firstRepeated(node.categories)
    if (category !== undefined)
      throw refused(
        `Two categories of ${node.name} are called "${category}".`,
        'Give each category of a node a name of its own.',
        { field: node.name },
      )
  }
  return { ...graph, nodes }
}
