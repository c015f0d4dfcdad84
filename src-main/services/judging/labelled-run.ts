/** A finished run as evidence/ judges it: labels and counts of its own, of its rival readings and of its replicates. */
import { type Matrix, matrixOf, type RunResult, type SampleArrays } from '../../../src-shared/domain/result.ts'
import type { AssignmentReading, Clusters } from '../../../src-shared/methods/facets.ts'
import { facetOf } from '../../../src-shared/methods/results.ts'
import { evidenceThresholds } from '../../../src-shared/findings/thresholds.ts'
import type { Regimes } from '../../../src-shared/knowledge/intervened.ts'
import { renameOutcomes } from '../../evidence/counts.ts'
import type { LabelledReplicate, LabelledRun } from '../../evidence/judging/labelled.ts'
import { likeliest } from '../../statistics/likeliest.ts'
import type { LabelReplicate } from '../../training/replicate-file.ts'
import { countsOfLabels, countsOfShares } from './regime-counts.ts'
import { categoriesByOutcome, labelsOfOutcomes } from './outcome-labels.ts'

export interface JudgedParts {
  readonly result: RunResult
  readonly arrays: SampleArrays
  /** Values of metadata columns by name, a row a sample of the run. */
  readonly known: ReadonlyMap<string, ArrayLike<number>>
  /** Which nodes were set from outside in which of them; null where none was. */
  readonly regimes: Regimes | null
  readonly rebuilt: LabelledRun['rebuilt']
  readonly divided: LabelledRun['divided']
  readonly elsewhere: LabelledRun['elsewhere']
  /** Samples that lack one of its modalities or more. */
  readonly incomplete: number
  /** Those that are done. */
  readonly replicates: readonly LabelReplicate[]
  readonly planned: number
}

export function labelledRun({
  result,
  arrays,
  known,
  regimes,
  rebuilt,
  divided,
  elsewhere,
  incomplete,
  replicates,
  planned,
}: JudgedParts): LabelledRun {
  const graph = facetOf(result, 'graph')
  const clusters = facetOf(result, 'clusters')
  const { assignment, components, responsibilities } = clusters
  const categoriesOf = categoriesByOutcome(clusters)
  const categories = graph.nodes.map((node) => node.categories.length)
  const gamma = matrixOf(arrays, responsibilities)
  const own = countsOfShares(gamma, categories, regimes)
  const outcome = likeliest(gamma.values, gamma.columns)
  const labelsOf = (outcomes: ArrayLike<number>): Int32Array[] =>
    labelsOfOutcomes(graph.nodes.length, categoriesOf, outcomes)
  return {
    graph,
    labels: labelsOf(outcome),
    counts: own,
    residual: assignment?.chosen.residual ?? null,
    rivals:
      assignment === null
        ? []
        : closeRivals(assignment.chosen, assignment.rivals).map((rival) => {
            const outcomeThere = renamed(assignment.chosen, rival)
            return {
              cost: rival.residual,
              outcomes: outcomeThere,
              categories: Array.from(outcomeThere, (a) => [...(categoriesOf[a] ?? [])]),
              labels: labelsOf(Int32Array.from(outcome, (a) => outcomeThere[a]!)),
              counts: renameOutcomes(own, outcomeThere),
            }
          }),
    surest: surestOf(gamma, components, arrays.ids),
    replicates: replicates
      .filter(({ labels }) => labels.length === categories.length && labels[0]?.length === arrays.ids.length)
      .map((replicate): LabelledReplicate => ({
        labels: replicate.labels,
        counts:
          regimes === null
            ? { categories: replicate.categories, values: replicate.counts }
            : countsOfLabels(replicate.labels, replicate.categories, replicate.leftOut, regimes),
        readings: replicate.readings.map((reading, _, [first]) => ({
          outcomes: renamed(first!, reading),
          cost: reading.residual,
        })),
        leftOut: replicate.leftOut,
      })),
    planned,
    known: graph.nodes.map(({ anchor }) => (anchor === null ? null : (known.get(anchor) ?? null))),
    rebuilt,
    divided,
    elsewhere,
    incomplete,
    seed: result.provenance.seed,
  }
}

/** Samples named for an outcome. */
const surestKept = 2

/**
 * Ids of the samples that lie surest in each joint outcome, [C]: the highest responsibility first, and where it is the same
 * the nearest to the component's mean.
 */
function surestOf({ values, columns }: Matrix, components: Clusters['components'], ids: readonly string[]): string[][] {
  const nearestOf = new Map(components.map(({ outcome, nearest }) => [outcome, nearest]))
  return Array.from({ length: columns }, (_, outcome) => {
    const rank = new Map((nearestOf.get(outcome) ?? []).map((id, at) => [id, at]))
    const rankOf = (row: number): number => rank.get(ids[row]!) ?? rank.size
    const share = (row: number): number => Math.fround(values[row * columns + outcome]!)
    return ids
      .map((_id, row) => row)
      .filter((row) => share(row) > 0.5)
      .sort((a, b) => share(b) - share(a) || rankOf(a) - rankOf(b) || a - b)
      .slice(0, surestKept)
      .map((row) => ids[row]!)
  })
}

/** Other readings whose residual is nearly as good. */
function closeRivals(chosen: AssignmentReading, rivals: readonly AssignmentReading[]): AssignmentReading[] {
  const { rivalTolerance } = evidenceThresholds
  return rivals.filter(
    ({ order, residual }) => residual <= (1 + rivalTolerance) * chosen.residual && order.join() !== chosen.order.join(),
  )
}

/** What each outcome of the chosen reading is called in the rival: both name the same component, [C]. */
function renamed(chosen: Pick<AssignmentReading, 'order'>, rival: Pick<AssignmentReading, 'order'>): Int32Array {
  const outcomeOf = new Map(rival.order.map((component, outcome) => [component, outcome]))
  return Int32Array.from(chosen.order, (component) => outcomeOf.get(component) ?? 0)
}
