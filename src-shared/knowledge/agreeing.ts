/**
 * What is known, told to a graph that was learned without it: of the graphs of its class those are left that agree. By
 * turning edges one at a time and closing under Meek's rules, which finds such a graph whenever there is one (Meek 1995).
 */
import { type CausalscopeError, refused } from '../errors.ts'
import { classMembers, firstMember } from '../graph/class-members.ts'
import { type Digraph, edgesOf, hasEdge, isAdjacent, parentsOf, pathAlong } from '../graph/digraph.ts'
import { meekClosure, withoutEdge } from '../graph/equivalence.ts'
import { learnedEdges, type LearnedGraph } from '../graph/learned-graph.ts'
import { classUnder, dagOf } from '../graph/marked-graph.ts'
import { againstTiers, edgeConstraints, isAllowed } from './constraints.ts'
import { type Given, knowledgeOf } from './knowledge.ts'
import { contradicted, knowledgeProblems } from './problems.ts'

/** Graphs that are counted: of more it is said that there are more. */
const mostCounted = 500

const trainAgain =
  'Leave that out, or let a new run learn under it: train --knowledge, or "What is known already" in the Model view.'

type Arcs = Given['required']

const alike = (first: unknown, second: unknown): boolean => JSON.stringify(first) === JSON.stringify(second)
const joint = (first: Arcs, second: Arcs): Given['required'][number][] =>
  [...first, ...second].filter((arc, i, all) => all.findIndex((other) => alike(other, arc)) === i)

/** Edges that tiers forbid: what two orders in time say together is no order. */
function forbiddenBy(given: Pick<Given, 'tiers'>, size: number): Given['forbidden'][number][] {
  const nodes = Array.from({ length: size }, (_, node) => node)
  return nodes.flatMap((from) =>
    nodes
      .filter((to) => to !== from && againstTiers(given, from, to))
      .map((to): Given['forbidden'][number] => [from, to]),
  )
}

/** What was known before and what is known now. */
function together(before: Given | undefined, now: Given, size: number): Given {
  if (before === undefined) return now
  const twoOrders = before.tiers.length > 0 && now.tiers.length > 0 && !alike(before.tiers, now.tiers)
  return {
    forbidden: joint(before.forbidden, [...now.forbidden, ...(twoOrders ? forbiddenBy(now, size) : [])]),
    required: joint(before.required, now.required),
    tiers: before.tiers.length > 0 ? before.tiers : now.tiers,
    scopes: before.scopes,
    intervened: before.intervened,
  }
}

/** Throws `refused` for what can be known only while a run is trained. */
function requireEdgesAlone(before: Given | undefined, now: Given): void {
  const told = (what: string, why: string): Error =>
    refused(
      `${what} cannot be told to a finished run: ${why}.`,
      'Let a new run learn under it: train --knowledge, or "What is known already" in the Model view.',
      { field: 'knowledge' },
    )
  if (now.scopes.length > 0 && !alike(now.scopes, before?.scopes))
    throw told('What a node acts on', 'it decides which cluster is which, and that was decided')
  if (now.intervened !== null && now.intervened.column !== before?.intervened?.column)
    throw told('Which nodes were set', 'its tables were learned as if none had been')
}

/**
 * The graph with the marks of those members of its class that agree, and with one of them in place of the DAG that was
 * read out where that does not. Throws `refused` where what is known contradicts itself, what was known before, or every
 * graph of the class; a circle is named.
 * @param names of the nodes, for refusals
 */
export function underKnowledge(graph: LearnedGraph, now: Given, names: readonly string[]): LearnedGraph {
  requireEdgesAlone(graph.given, now)
  const size = graph.nodes.length
  const given = together(graph.given, now, size)
  const [problem] = knowledgeProblems(knowledgeOf(given, names), names)
  if (problem !== undefined) throw contradicted(problem)
  const dag = dagOf(size, graph.edges)
  const [before, constraints] = [edgeConstraints(graph.given, size), edgeConstraints(given, size)]
  const pattern = oriented(classUnder(dag, before), given, names)
  const agreeing = edgesOf(dag).every(([from, to]) => hasEdge(pattern, from, to)) ? dag : firstMember(pattern)
  const all = classMembers(dag, mostCounted, before)
  return {
    ...graph,
    edges: learnedEdges(agreeing, graph, constraints),
    given,
    afterwards: {
      agreeing: classMembers(agreeing, mostCounted, constraints).members.length,
      of: all.members.length,
      complete: all.complete,
    },
  }
}

/** The pattern with every edge turned as it has to be. */
function oriented(pattern: Digraph, given: Given, names: readonly string[]): Digraph {
  const constraints = edgeConstraints(given, pattern.size)
  if (constraints === null) return pattern
  const name = (node: number): string => names[node]!
  const refusal = (why: string, ...edges: Arcs): CausalscopeError =>
    refused(why, trainAgain, { field: 'knowledge', edges: edges.map((ends) => ends.map(name)) })
  const missing = given.required.find(([from, to]) => !isAdjacent(pattern, from, to))
  if (missing !== undefined)
    throw refusal(`${missing.map(name).join(' → ')} is required, and no graph of this run joins the two.`, missing)
  let found = pattern
  for (const [a, b] of edgesOf(pattern).filter(([from, to]) => from < to || !hasEdge(pattern, to, from))) {
    const [along, back] = [isAllowed(constraints, a, b), isAllowed(constraints, b, a)]
    if (along && back) continue
    if (!along && !back)
      throw refusal(
        `What is known lets nothing join ${name(a)} and ${name(b)}, and every graph of this run joins them.`,
        ...[[a, b] as const, [b, a] as const],
      )
    const [from, to] = along ? [a, b] : [b, a]
    // Either may be the one that was written: what leaves this edge alone is often that the other is forbidden.
    if (!hasEdge(found, from, to)) throw refusal(whyNot(found, [from, to], name), [from, to], [to, from])
    found = meekClosure(withoutEdge(found, to, from))
  }
  return found
}

/** Why no graph of the class has from -> to: each has to -> from. */
function whyNot(pattern: Digraph, [from, to]: readonly [number, number], name: (node: number) => string): string {
  const only = `What is known leaves ${name(from)} → ${name(to)} alone, and every graph of this run that agrees with the rest has ${name(to)} → ${name(from)}`
  const isArrow = (a: number, b: number): boolean => hasEdge(pattern, a, b) && !hasEdge(pattern, b, a)
  const path = pathAlong(pattern.size, (a, b) => isArrow(a, b) && !(a === to && b === from), to, from)
  if (path !== null)
    return `${only}: turned round, the edges would run in a circle, ${[from, ...path].map(name).join(' → ')}.`
  const partner = (node: number, other: number): number | undefined =>
    parentsOf(pattern, node).find((p) => p !== other && isArrow(p, node) && !isAdjacent(pattern, p, other))
  const lost = partner(from, to)
  if (lost !== undefined)
    return `${only}: turned round, ${name(from)} would not be the common effect of ${name(to)} and ${name(lost)} that these samples show.`
  const made = partner(to, from)
  if (made !== undefined)
    return `${only}: turned round, ${name(to)} would be a common effect of ${name(from)} and ${name(made)}, which these samples deny.`
  return `${only}.`
}
