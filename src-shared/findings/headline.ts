/** The finding itself in one sentence: what drives what, and what the data leave open. */
import { type Edge, isDirected, isOpen, shown } from '../graph/edge.ts'
import { edgeWords } from '../graph/edge-words.ts'
import type { LearnedGraph } from '../graph/learned-graph.ts'
import { named } from '../graph/marked-graph.ts'
import { list, sentence } from './words.ts'

/** "A and B drive C; A drives D and E": children with the same parents share a clause. */
function driving(graph: LearnedGraph, fixed: readonly Edge[]): readonly string[] {
  const name = (node: number): string => graph.nodes[node]!.name
  const childrenByParents = new Map<string, { parents: readonly number[]; children: number[] }>()
  graph.nodes.forEach((_, child) => {
    const parents = fixed
      .filter((edge) => edge.to === child)
      .map((edge) => edge.from)
      .sort((a, b) => a - b)
    if (parents.length === 0) return
    const group = childrenByParents.get(parents.join())
    if (group === undefined) childrenByParents.set(parents.join(), { parents, children: [child] })
    else group.children.push(child)
  })
  return [...childrenByParents.values()].map(
    ({ parents, children }) =>
      `${list(parents.map(name))} ${parents.length === 1 ? 'drives' : 'drive'} ${list(children.map(name))}`,
  )
}

/** One sentence on the graph (causal-pima.md section 7: an arrow is claimed only where the class fixes it). */
export function headline(graph: LearnedGraph): string {
  const name = (node: number): string => graph.nodes[node]!.name
  if (graph.nodes.length === 1)
    return sentence(`${name(0)} is the only node, so there is no graph to learn: the samples fall into its categories.`)
  const all = graph.edges.map(shown)
  if (all.length === 0) return 'No node depends on another: the data support a graph without edges.'
  const hidden = all.filter((edge) => !isDirected(edge) && !isOpen(edge))
  const clauses = [...driving(graph, all.filter(isDirected)), ...named(hidden, name).map(edgeWords)]
  const open = all.filter(isOpen).map(({ from, to }) => [from, to].sort((a, b) => a - b).map((node) => name(node)))
  const between = open.map((pair) => `between ${list(pair)}`)
  if (clauses.length > 0) {
    const rest = between.length === 0 ? [] : [`the data do not fix the direction ${list(between, 'or')}`]
    return `${sentence([...clauses, ...rest].join('; '))}.`
  }
  const [only] = open
  if (open.length === 1 && only !== undefined)
    return `${sentence(list(only))} depend on each other; the data do not fix the direction.`
  return `There are links ${list(between)}; the data fix none of their directions.`
}
