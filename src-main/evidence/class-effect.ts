/** The effect of setting nodes in every DAG of a learned graph's class that agrees with what was given (IDA, Maathuis et al. 2009). */
import type { Digraph } from '../../src-shared/graph/digraph.ts'
import { edgesOf } from '../../src-shared/graph/digraph.ts'
import { parentChoices } from '../../src-shared/graph/class-members.ts'
import { edgeConstraints } from '../../src-shared/knowledge/constraints.ts'
import type { LearnedGraph } from '../../src-shared/graph/learned-graph.ts'
import { dagOf } from '../../src-shared/graph/marked-graph.ts'
import { categoriesOfOutcomes, conditionalTables } from '../../src-shared/graph-formats/probabilities.ts'
import type { Setting } from '../../src-shared/graph-questions/called.ts'
import { intervene } from './intervention.ts'

/** Parents that the class may give the nodes that are set: more are counted as one says it. */
const mostAnswers = 200

export interface MemberAnswer {
  readonly dag: Digraph
  /** [C] */
  readonly interventional: readonly number[]
}

export interface ClassEffect {
  /** Of the DAG that was read out, each [C]. */
  readonly observational: readonly number[]
  /** Null where what is set is never seen. */
  readonly conditioned: readonly number[] | null
  /** One for each way in which the class may choose the parents of the set nodes: all that the effect depends on. */
  readonly answers: readonly MemberAnswer[]
  /** There are no others. */
  readonly complete: boolean
}

/** Below this share of all samples nothing can be said of those among which something was seen. */
const negligible = 1e-9

/** P_l(a_l | its parents in the DAG) at every joint outcome, [L][C], from the graph's joint. */
export function tablesOf(graph: LearnedGraph, dag: Digraph): readonly (readonly number[])[] {
  const categories = categoriesOfOutcomes(graph.nodes.map((node) => node.categories.length))
  const edges = edgesOf(dag).map(([from, to]) => ({ ...unmarked, from, to }))
  return conditionalTables({ ...graph, edges }).map(({ node, parents, rows }) =>
    graph.logJoint.map((_, a) => {
      const row = parents.reduce(
        (at, parent) => at * graph.nodes[parent]!.categories.length + categories[parent]![a]!,
        0,
      )
      return rows[row]!.probabilities[categories[node]![a]!]!
    }),
  )
}

/** A DAG's edge as a learned graph has them; tables depend on its ends alone. */
const unmarked = {
  fromMark: 'tail',
  toMark: 'arrow',
  strength: 1,
  support: { posterior: null, replicates: null, restarts: null },
  standing: 'provisional',
} as const

export function effectInClass(graph: LearnedGraph, settings: readonly Setting[]): ClassEffect {
  const categories = graph.nodes.map((node) => node.categories.length)
  const own = dagOf(graph.nodes.length, graph.edges)
  const { members, complete } = parentChoices(
    own,
    settings.map(({ node }) => node),
    mostAnswers,
    edgeConstraints(graph.given, graph.nodes.length),
  )
  const intervened = members.map((dag) => ({ dag, ...intervene(tablesOf(graph, dag), categories, settings) }))
  const [{ observational, conditioned }] = intervened as [(typeof intervened)[number]]
  const seen = observational.reduce((sum, p, a) => (conditioned[a]! > 0 ? sum + p : sum), 0)
  return {
    observational,
    conditioned: seen > negligible ? conditioned : null,
    answers: intervened.map(({ dag, interventional }) => ({ dag, interventional })),
    complete,
  }
}
