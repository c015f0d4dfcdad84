/**
 * Fast causal inference (Spirtes et al. 2000; Zhang 2008): what the independences in the data say when unseen common
 * causes are allowed. An arrow head at a node means that it is not a cause of the other, a tail that it is one, a circle
 * that the data do not tell; two heads mean a common cause that nobody measured.
 */
import type { Ends } from '../../../src-shared/graph/edge.ts'
import { type EdgeConstraints, isAllowed, isRequired } from '../../../src-shared/knowledge/constraints.ts'
import type { Counts } from '../counts.ts'
import { testIndependence, type TestSettings } from '../independence.ts'
import type { MixedGraph } from './mixed-graph.ts'
import { orientByRules } from './rules.ts'
import { findSkeleton, type IndependenceTester, orientColliders, type Skeleton } from './skeleton.ts'

export interface FciFinding {
  readonly edges: readonly Ends[]
  /** What separated a pair that is not joined; null for pairs that are. */
  readonly separator: Skeleton['separator']
}

/**
 * @param test p-values; a pair counts as independent above `alpha`
 * @param constraints what is known of the edges
 */
export function fastCausalInference(
  size: number,
  test: IndependenceTester,
  alpha: number,
  constraints: EdgeConstraints | null = null,
): FciFinding {
  const { graph, separator } = findSkeleton(size, test, alpha)
  orientColliders(graph, separator)
  // Where the samples and what is known differ, what is known stands: it was not guessed from the samples.
  if (constraints !== null) orientByKnowledge(graph, constraints)
  orientByRules(graph, separator)
  if (constraints !== null) orientByKnowledge(graph, constraints)
  return { edges: graph.edges(), separator }
}

/**
 * a *-> b where b is known to be no cause of a; a -> b where the edge is required (the orientation by background knowledge
 * of Spirtes et al. 2000, as Tetrad does it).
 */
function orientByKnowledge(graph: MixedGraph, constraints: EdgeConstraints): void {
  for (const { from, to } of graph.edges())
    for (const [a, b] of [
      [from, to],
      [to, from],
    ] as const) {
      if (isRequired(constraints, a, b)) graph.orient(a, b, 'tail', 'arrow')
      else if (!isAllowed(constraints, b, a)) graph.mark(a, b, 'arrow')
    }
}

/** FCI with G-tests on a table of counts. */
export function fciOnCounts(
  counts: Counts,
  settings: TestSettings,
  constraints: EdgeConstraints | null = null,
): FciFinding {
  const test: IndependenceTester = (a, b, given) => testIndependence(counts, a, b, given, settings).p
  return fastCausalInference(counts.categories.length, test, settings.alpha, constraints)
}
