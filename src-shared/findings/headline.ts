/** The finding itself in one sentence: what drives what, and what the data leave open. */
import type { LearnedGraph } from '../domain/result.ts'
import { type Link, links } from '../graph-formats/links.ts'
import { list, sentence } from './words.ts'

/** "A and B drive C; A drives D and E": children with the same parents share a clause. */
function driving(graph: LearnedGraph, fixed: readonly Link[]): readonly string[] {
  const name = (node: number): string => graph.nodes[node]!.name
  const childrenByParents = new Map<string, { parents: readonly number[]; children: number[] }>()
  graph.nodes.forEach((_, child) => {
    const parents = fixed
      .filter((link) => link.to === child)
      .map((link) => link.from)
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

/** One sentence on the graph (causal-pima.md section 7: an arrow is claimed only where the CPDAG fixes it). */
export function headline(graph: LearnedGraph): string {
  const name = (node: number): string => graph.nodes[node]!.name
  if (graph.nodes.length === 1)
    return sentence(`${name(0)} is the only node, so there is no graph to learn: the samples fall into its categories.`)
  const all = links(graph)
  if (all.length === 0) return 'No node depends on another: the data support a graph without edges.'
  const clauses = driving(
    graph,
    all.filter((link) => link.directionFixed),
  )
  const open = all
    .filter((link) => !link.directionFixed)
    .map(({ from, to }) => [from, to].sort((a, b) => a - b).map((node) => name(node)))
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
