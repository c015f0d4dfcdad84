/** What is exported: a finished run with its arrays and the data set it was trained on, checked to belong together. */
import { failed, refused } from '../../src-shared/errors.ts'
import { type Matrix, matrixOf, type RunResult, type SampleArrays } from '../../src-shared/domain/result.ts'
import type { LearnedGraph } from '../../src-shared/graph/learned-graph.ts'
import type { Effect } from '../../src-shared/contract/what-if.ts'
import type { ComponentJudgement } from '../../src-shared/domain/component-judgement.ts'
import type { EpochMetrics } from '../../src-shared/domain/run.ts'
import type { Findings } from '../../src-shared/findings/finding.ts'
import { type JudgedCoupling, judgedCoupling } from '../../src-shared/findings/judged-coupling.ts'
import { judgedGraph } from '../../src-shared/findings/judged-graph.ts'
import { type GraphNames, withNames } from '../../src-shared/graph-formats/names.ts'
import { categoriesOfOutcomes } from '../../src-shared/graph-formats/probabilities.ts'
import type { ComparedEdges } from '../../src-shared/graph-picture/picture.ts'
import type { Placement } from '../../src-shared/graph-picture/placement.ts'
import type { Clusters, Prediction, Representation } from '../../src-shared/methods/facets.ts'
import { facetsOf, findingsOf } from '../../src-shared/methods/results.ts'
import type { Dataset } from '../datasets/dataset.ts'
import type { Judged } from '../evidence/judge.ts'
import { likeliest } from '../statistics/likeliest.ts'

export interface FinishedRun {
  readonly result: RunResult
  readonly arrays: SampleArrays
  readonly dataset: Dataset
  readonly epochs: readonly EpochMetrics[]
  /** How firmly each part of it may be stated; null where there is no graph. */
  readonly judged: Judged | null
  /** What of its components returns; null where there are none. */
  readonly components: ComponentJudgement | null
  /** Names that a person gave to nodes, categories and components. */
  readonly names?: GraphNames | undefined
  /** Answers to the what-if questions that people kept with the run. */
  readonly whatIf?: readonly Effect[] | undefined
  /** How a person placed the graph. */
  readonly placement?: Placement | undefined
  /** How the edges stand to another graph, where pictures are to show it. */
  readonly comparison?: ComparedEdges | null | undefined
}

/** Clusters with their samples. */
export interface CheckedClusters extends Clusters {
  /** [n, C] */
  readonly gamma: Matrix
  /** Most responsible component of each sample, [n]. */
  readonly component: Int32Array
}

/** Points of the samples in the latent space. */
export interface CheckedPoints extends Representation {
  readonly means: Matrix
  readonly sds: Matrix
}

export interface CheckedRun extends FinishedRun {
  /** The graph under the names shown, with what may be stated of it; null, as below, where the method has none. */
  readonly graph: LearnedGraph | null
  /** [L][C]: category of each node in each joint outcome. */
  readonly outcomeCategories: readonly (readonly number[])[]
  readonly clusters: CheckedClusters | null
  readonly points: CheckedPoints | null
}

/** Throws `failed` when result, arrays and data set are not of one run, `refused` when two names are the same. */
export function checkedRun(run: FinishedRun): CheckedRun {
  const { arrays, dataset } = run
  const { graph: learned, clusters, representation } = facetsOf(run.result)
  const named = learned === null ? null : withNames(learned, run.names)
  const graph = named === null || run.judged === null ? named : judgedGraph(named, run.judged.judgement)
  const outcomeCategories = categoriesOfOutcomes((graph?.nodes ?? []).map((node) => node.categories.length))
  const apart = (what: string): Error =>
    failed(`The run's results do not belong to this data set: ${what}.`, 'Train the run again on this data set.')
  if (arrays.ids.length !== dataset.ids.length)
    throw apart(`${arrays.ids.length} samples in the results, ${dataset.ids.length} in the data set`)
  const different = arrays.ids.findIndex((id, row) => id !== dataset.ids[row])
  if (different >= 0)
    throw apart(`sample ${different + 1} is ${arrays.ids[different]!}, not ${dataset.ids[different]!}`)
  const gamma = clusters === null ? null : matrixOf(arrays, clusters.responsibilities)
  if (graph !== null && gamma !== null) {
    const outcomes = graph.logJoint.length
    if (gamma.columns !== outcomes || outcomeCategories.some((categories) => categories.length !== outcomes))
      throw apart(`${gamma.columns} components for ${outcomes} joint outcomes`)
  }
  return {
    ...run,
    graph,
    outcomeCategories,
    clusters:
      clusters === null || gamma === null
        ? null
        : { ...clusters, gamma, component: likeliest(gamma.values, gamma.columns) },
    points:
      representation === null
        ? null
        : {
            ...representation,
            means: matrixOf(arrays, representation.mean),
            sds: matrixOf(arrays, representation.sd),
          },
  }
}

/** What may be stated of the run, in words. */
export function toldOf({ result, judged, components, names }: FinishedRun): Findings {
  return findingsOf(result, { judgement: judged?.judgement ?? null, components, names })
}

function lacking(what: string): Error {
  return refused(`This run has no ${what}.`, 'Choose another format, or a run of another method.')
}

/** The run's graph. Throws `refused` where it has none, as the functions below. */
export function graphOf({ graph }: Pick<CheckedRun, 'graph'>): LearnedGraph {
  if (graph === null) throw lacking('graph')
  return graph
}

/** What the run's modalities share, under the names shown, with what of it may be stated; null where it has none. */
export function sharedBy({
  result,
  components,
  names,
}: Pick<FinishedRun, 'result' | 'components' | 'names'>): JudgedCoupling | null {
  const { coupling } = facetsOf(result)
  return coupling === null ? null : judgedCoupling(coupling, components, names)
}

export function couplingOf(run: Pick<FinishedRun, 'result' | 'components' | 'names'>): JudgedCoupling {
  const coupling = sharedBy(run)
  if (coupling === null) throw lacking('coupled components')
  return coupling
}

/** The label that the run tells. */
export function predictionOf({ result }: Pick<FinishedRun, 'result'>): Prediction {
  const { prediction } = facetsOf(result)
  if (prediction === null) throw lacking('predicted label')
  return prediction
}

export function clustersOf({ clusters }: Pick<CheckedRun, 'clusters'>): CheckedClusters {
  if (clusters === null) throw lacking('clusters')
  return clusters
}
