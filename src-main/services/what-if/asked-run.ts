/** A finished run as what-if questions are asked of it: its graph as it may be shown, its clusters, its model. */
import { refused } from '../../../src-shared/errors.ts'
import { judgedGraph } from '../../../src-shared/findings/judged-graph.ts'
import type { LearnedGraph } from '../../../src-shared/graph/learned-graph.ts'
import { type GraphNames, withNames } from '../../../src-shared/graph-formats/names.ts'
import type { Judgement } from '../../../src-shared/domain/judgement.ts'
import type { RunResult } from '../../../src-shared/domain/result.ts'
import type { Clusters } from '../../../src-shared/methods/facets.ts'
import { facetOf, facetsOf } from '../../../src-shared/methods/results.ts'

export interface AskedRun {
  readonly result: RunResult
  /** Under the names shown, judged. */
  readonly graph: LearnedGraph
  /** Absent from a table alone: there is nothing to decode. */
  readonly clusters: Clusters | null
  readonly samples: number
}

/** Throws `refused` for a run of a method without a graph. */
export function askedRun(result: RunResult, judgement: Judgement | null, names: GraphNames): AskedRun {
  const learned = withNames(facetOf(result, 'graph'), names)
  if (judgement === null) throw refused('A run of this method has no graph.', 'Choose a run of another method.')
  return {
    result,
    graph: judgedGraph(learned, judgement),
    clusters: facetsOf(result).clusters,
    samples: judgement.samples,
  }
}
