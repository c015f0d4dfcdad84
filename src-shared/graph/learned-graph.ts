/** A learned graph over discrete nodes with the joint distribution that it came with. */
import type { Digraph } from './digraph.ts'
import type { Edge, Standing } from './edge.ts'
import type { EdgeConstraints } from '../knowledge/constraints.ts'
import type { Given } from '../knowledge/knowledge.ts'
import { endsOfClass, type MarkedGraph } from './marked-graph.ts'

export interface GraphNode {
  readonly name: string
  readonly categories: readonly string[]
  /** The metadata column that ties this node to known values, if any. */
  readonly anchor: string | null
  readonly standing: Standing
}

/**
 * `edges` have the marks of the Markov-equivalence class, which is what the likelihood can tell; their `from` is the
 * parent in the DAG that was read out, whose tables these are.
 */
export interface LearnedGraph extends MarkedGraph<GraphNode> {
  /** E_ij in [0, 1): strength of i -> j at the final temperature, [L][L]. */
  readonly strength: readonly (readonly number[])[]
  /** Share of the DAG block's restarts (within 2 nats of BIC of the best, or all) that hold i -> j, [L][L]. */
  readonly frequency: readonly (readonly number[])[]
  readonly restarts: number
  /** P_l(a_l | a_-l) for every joint outcome, [L][C]. */
  readonly nodeTables: readonly (readonly number[])[]
  /** log p(a), [C]. */
  readonly logJoint: readonly number[]
  /** What was known when it was learnt; absent where nothing was said. */
  readonly given?: Given
  /**
   * Part of `given` was told to the finished run: how many graphs of its class agree with all of it, of how many that there
   * were; incomplete where not all were counted.
   */
  readonly afterwards?: { readonly agreeing: number; readonly of: number; readonly complete: boolean }
}

/** The edges of a DAG that was read out, with what its search says for each (causal-pima.md section 7). */
export function learnedEdges(
  dag: Digraph,
  { strength, frequency, restarts }: Pick<LearnedGraph, 'strength' | 'frequency' | 'restarts'>,
  constraints: EdgeConstraints | null = null,
): Edge[] {
  return endsOfClass(dag, constraints).map((ends) => ({
    ...ends,
    strength: strength[ends.from]![ends.to]!,
    support: {
      posterior: null,
      replicates: null,
      // Without a restart that scores as well, the shares count the chosen graph alone.
      restarts:
        restarts === 0
          ? null
          : {
              forward: frequency[ends.from]![ends.to]!,
              backward: frequency[ends.to]![ends.from]!,
              of: restarts,
            },
    },
    standing: 'provisional',
  }))
}

/** Parents of a node in the DAG that was read out, in node order. */
export function parentsIn({ edges }: Pick<LearnedGraph, 'edges'>, node: number): readonly number[] {
  return edges
    .filter(({ to }) => to === node)
    .map(({ from }) => from)
    .sort((a, b) => a - b)
}
