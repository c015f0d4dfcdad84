/** Questions about two sets of nodes that the graph answers by itself: separation, paths, and what to adjust for. */
import { minimalAdjustmentSets } from '../graph/adjustment.ts'
import { edgeConstraints, type EdgeConstraints } from '../knowledge/constraints.ts'
import type { Given } from '../knowledge/knowledge.ts'
import { classMembers } from '../graph/class-members.ts'
import { edgeBetween, type Ends } from '../graph/edge.ts'
import { edgeSign, edgeSigns } from '../graph/edge-words.ts'
import { dagOf, endsOfClass, named } from '../graph/marked-graph.ts'
import { edgesOf, type Digraph } from '../graph/digraph.ts'
import { isActive, pathsBetween } from '../graph/paths.ts'
import { setsSeparated } from '../graph/separation.ts'
import { refused } from '../errors.ts'
import { list } from '../findings/words.ts'

/** A graph as far as these questions go: `from` is the parent in the DAG that was read out. */
export interface AskedGraph {
  readonly nodes: readonly { readonly name: string }[]
  readonly edges: readonly Ends[]
  /** What was known when it was learnt: graphs that it rules out are no members. */
  readonly given?: Given | null | undefined
}

export interface BetweenQuestion {
  readonly from: readonly number[]
  readonly to: readonly number[]
  readonly given: readonly number[]
}

export interface BetweenAnswer {
  /** The class implies that the two sets are independent given the third; every member says the same. */
  readonly separated: boolean
  /** What that means, in words. */
  readonly text: string
  /** Between single nodes, the shortest first: `A → B ← C`, with the marks of the class. */
  readonly paths: readonly { readonly text: string; readonly open: boolean }[]
  readonly allPaths: boolean
  /** For the effect of a single node on another: null where several were asked about. */
  readonly adjustment: Adjustment | null
}

export interface Adjustment {
  /** Minimal sets that serve in every DAG of the class, as names; an empty one: nothing needs to be held fixed. */
  readonly sets: readonly (readonly string[])[]
  /** DAGs that were looked at, and whether there are no others. */
  readonly members: number
  readonly complete: boolean
  readonly text: string
}

const mostPaths = 100
/** Each set is tried in each of them. */
const mostMembers = 500

function checkSets({ nodes }: AskedGraph, { from, to, given }: BetweenQuestion): void {
  if (from.length === 0 || to.length === 0)
    throw refused('The question needs a node on either side.', 'Name at least one node for each of the two sets.')
  const all = [...from, ...to, ...given]
  const twice = all.find((node, i) => all.indexOf(node) !== i)
  if (twice !== undefined)
    throw refused(`${nodes[twice]!.name} is in two of the sets.`, 'Put each node into one of them.', {
      field: nodes[twice]!.name,
    })
}

/** `A → B — C`: a path with the marks that the class has between its nodes. */
function pathText({ nodes }: AskedGraph, ends: readonly Ends[], path: readonly number[]): string {
  return path
    .map((node, at) => {
      const next = path[at + 1]
      const edge = next === undefined ? undefined : edgeBetween(ends, node, next)
      return edge === undefined ? nodes[node]!.name : `${nodes[node]!.name} ${edgeSign(edge)}`
    })
    .join(' ')
}

/** Throws `refused` where a set is empty or two share a node. */
export function askBetween(graph: AskedGraph, question: BetweenQuestion): BetweenAnswer {
  checkSets(graph, question)
  const { from, to, given } = question
  const dag = dagOf(graph.nodes.length, graph.edges)
  const constraints = constraintsOf(graph)
  const ends = endsOfClass(dag, constraints)
  const separated = setsSeparated(dag, from, to, given)
  const names = (nodes: readonly number[]): string => list(nodes.map((node) => graph.nodes[node]!.name))
  const held = given.length === 0 ? '' : ` given ${names(given)}`
  const single = from.length === 1 && to.length === 1
  const { paths, complete } = single ? pathsBetween(dag, from[0]!, to[0]!, mostPaths) : { paths: [], complete: true }
  return {
    separated,
    text: separated
      ? `The graph implies that ${names(from)} and ${names(to)} are independent${held}: they are d-separated.`
      : `The graph does not make ${names(from)} and ${names(to)} independent${held}: they are d-connected.`,
    paths: paths.map((path) => ({ text: pathText(graph, ends, path), open: isActive(dag, path, given) })),
    allPaths: complete,
    adjustment: single ? adjust(graph, dag, constraints, [from[0]!, to[0]!]) : null,
  }
}

const constraintsOf = ({ nodes, given }: AskedGraph): EdgeConstraints | null => edgeConstraints(given, nodes.length)

function adjust(
  { nodes }: AskedGraph,
  dag: Digraph,
  constraints: EdgeConstraints | null,
  [cause, outcome]: readonly [number, number],
): Adjustment {
  const name = (node: number): string => nodes[node]!.name
  const { members, complete } = classMembers(dag, mostMembers, constraints)
  const sets = minimalAdjustmentSets(members, cause, outcome).map((set) => set.map(name))
  const effect = `the effect of ${name(cause)} on ${name(outcome)}`
  const where =
    members.length === 1
      ? ''
      : ` in every one of ${complete ? 'the' : 'the first'} ${members.length} graphs that fit the data as well${constraints === null ? '' : ' and agree with what was given'}`
  const text =
    sets.length === 0
      ? `No set of the other nodes serves to read ${effect} off the samples${where}.`
      : sets[0]!.length === 0
        ? `To read ${effect} off the samples nothing needs to be held fixed${where}.`
        : `To read ${effect} off the samples, hold fixed ${sets.map((set) => list(set)).join('; or ')}${where}.`
  return { sets, members: members.length, complete, text }
}

export interface ListedMembers {
  /** Each member's edges, `A → B`, the DAG that was read out first. */
  readonly members: readonly (readonly string[])[]
  readonly complete: boolean
}

/** The DAGs of the graph's class. */
export function listMembers(graph: AskedGraph, most = 200): ListedMembers {
  const { nodes, edges } = graph
  const { members, complete } = classMembers(dagOf(nodes.length, edges), most, constraintsOf(graph))
  return {
    members: members.map((member) =>
      named(
        edgesOf(member).map(([from, to]) => ({ from, to, fromMark: 'tail' as const, toMark: 'arrow' as const })),
        (node) => nodes[node]!.name,
      ).map(edgeSigns),
    ),
    complete,
  }
}
