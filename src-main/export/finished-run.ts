/** What is exported: a finished run with its arrays and the data set it was trained on, checked to belong together. */
import { failed } from '../../src-shared/errors.ts'
import type { CausalPimaResult, SampleArrays } from '../../src-shared/domain/result.ts'
import type { LearnedGraph } from '../../src-shared/graph/learned-graph.ts'
import type { EpochMetrics } from '../../src-shared/domain/run.ts'
import { type GraphNames, withNames } from '../../src-shared/graph-formats/names.ts'
import { categoriesOfOutcomes } from '../../src-shared/graph-formats/probabilities.ts'
import type { Dataset } from '../datasets/dataset.ts'
import { likeliest } from '../statistics/likeliest.ts'

export interface FinishedRun {
  readonly result: CausalPimaResult
  readonly arrays: SampleArrays
  readonly dataset: Dataset
  readonly epochs: readonly EpochMetrics[]
  /** Names that a person gave to nodes and categories. */
  readonly names?: GraphNames | undefined
}

export interface CheckedRun extends FinishedRun {
  /** The graph under the names shown. */
  readonly graph: LearnedGraph
  /** [L][C]: category of each node in each joint outcome. */
  readonly outcomeCategories: readonly (readonly number[])[]
  /** Most responsible joint outcome of each sample, [n]. */
  readonly component: Int32Array
}

/** Throws `failed` when result, arrays and data set are not of one run, `refused` when two names are the same. */
export function checkedRun(run: FinishedRun): CheckedRun {
  const graph = withNames(run.result.graph, run.names)
  const outcomeCategories = categoriesOfOutcomes(graph.nodes.map((node) => node.categories.length))
  const { arrays, dataset } = run
  const apart = (what: string): Error =>
    failed(`The run's results do not belong to this data set: ${what}.`, 'Train the run again on this data set.')
  if (arrays.ids.length !== dataset.ids.length)
    throw apart(`${arrays.ids.length} samples in the results, ${dataset.ids.length} in the data set`)
  const different = arrays.ids.findIndex((id, row) => id !== dataset.ids[row])
  if (different >= 0)
    throw apart(`sample ${different + 1} is ${arrays.ids[different]!}, not ${dataset.ids[different]!}`)
  const outcomes = graph.logJoint.length
  if (arrays.components !== outcomes || outcomeCategories.some((categories) => categories.length !== outcomes))
    throw apart(`${arrays.components} components for ${outcomes} joint outcomes`)
  return {
    ...run,
    graph,
    outcomeCategories,
    component: likeliest(arrays.responsibilities, arrays.components),
  }
}
