/** Names that a person gave to learned nodes and categories, laid over the run's own wherever a graph is shown. */
import { refused } from '../errors.ts'
import type { GraphNode, LearnedGraph } from '../domain/result.ts'

export interface GraphNames {
  /** New name by the run's node name. */
  readonly nodes?: Readonly<Record<string, string>>
  /** New category names by the run's node name, then by the run's category name. */
  readonly categories?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

function firstRepeated(names: readonly string[]): string | undefined {
  return names.find((name, i) => names.indexOf(name) !== i)
}

function renamed(node: GraphNode, names: GraphNames): GraphNode {
  const given = names.categories?.[node.name] ?? {}
  return {
    ...node,
    name: names.nodes?.[node.name] ?? node.name,
    categories: node.categories.map((category) => given[category] ?? category),
  }
}

/** The graph under the given names. Throws `refused` when two nodes, or two categories of a node, get one name. */
export function withNames(graph: LearnedGraph, names: GraphNames | undefined): LearnedGraph {
  const nodes = names === undefined ? graph.nodes : graph.nodes.map((node) => renamed(node, names))
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
