/** What a replicate of a run with nodes says: the category of every sample in each, and counts over those trained on. */
import * as v from 'valibot'
import { matrixOf } from '../../src-shared/domain/result.ts'
import { facetOf } from '../../src-shared/methods/results.ts'
import type { SessionResult } from '../models/session.ts'
import { likeliest } from '../statistics/likeliest.ts'

const natural = v.pipe(v.number(), v.integer(), v.minValue(0))

export const labelsSaid = v.object({
  /** K of each node. */
  categories: v.array(natural),
  /** [L][n]: the most probable category of each sample in each node. */
  labels: v.array(v.array(natural)),
  /** [C]: responsibilities summed over the samples trained on. */
  counts: v.array(v.number()),
  /**
   * What the components could be called, the reading that the labels follow first: the component of each outcome, [C], and
   * what it costs; empty where nothing was searched for. Absent in files of earlier versions.
   */
  readings: v.optional(v.array(v.object({ order: v.array(natural), residual: v.number() })), []),
})
type LabelsSaid = v.InferOutput<typeof labelsSaid>

/** Category of each sample in each node, [L][n], by its most responsible joint outcome. */
function labelsOf({ result, arrays }: SessionResult): number[][] {
  const clusters = facetOf(result, 'clusters')
  const { values, columns } = matrixOf(arrays, clusters.responsibilities)
  const categoriesOf = new Map(clusters.components.map(({ outcome, categories }) => [outcome, categories]))
  const outcomes = Array.from(likeliest(values, columns))
  return facetOf(result, 'graph').nodes.map((_, node) => outcomes.map((a) => categoriesOf.get(a)?.[node] ?? 0))
}

function countsOver({ result, arrays }: SessionResult, rows: Int32Array): number[] {
  const { values, columns } = matrixOf(arrays, facetOf(result, 'clusters').responsibilities)
  const counts = new Array<number>(columns).fill(0)
  for (const row of rows) for (let a = 0; a < columns; a++) counts[a]! += values[row * columns + a]!
  return counts
}

function readingsOf({ result }: SessionResult): LabelsSaid['readings'] {
  const { assignment } = facetOf(result, 'clusters')
  if (assignment === null) return []
  return [assignment.chosen, ...assignment.rivals].map(({ order, residual }) => ({ order: [...order], residual }))
}

/** @param inside rows trained on */
export function sayLabels(outcome: SessionResult, inside: Int32Array): LabelsSaid {
  return {
    categories: facetOf(outcome.result, 'graph').nodes.map((node) => node.categories.length),
    labels: labelsOf(outcome),
    counts: countsOver(outcome, inside),
    readings: readingsOf(outcome),
  }
}
