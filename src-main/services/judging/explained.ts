/** How much of what was measured a model rebuilds: 1 - mean squared error / variance, a modality at a time. */
import type { Matrix } from '../../../src-shared/domain/result.ts'
import type { ReadableDatabase } from '../../project/database.ts'
import { readRows } from '../../project/samples.ts'
import { meanVariance } from '../../statistics/mean-variance.ts'
import type { RunRows } from '../used-rows.ts'

/** A share of the variance needs no more samples than this, evenly spaced. */
const mostSampled = 1024

/**
 * Of the modalities that the run used, over the samples that have each.
 * @param errors mean squared error of each sample and modality in stored scale, [n, M]
 */
export function explainedShares(
  database: ReadableDatabase,
  { datasetId, samples, rowOf }: RunRows,
  modalities: readonly string[],
  errors: Matrix,
): { modality: string; explained: number }[] {
  if (modalities.length === 0) return []
  const taken = Math.min(samples, mostSampled)
  const chosen = Array.from({ length: taken }, (_, i) => Math.floor((i * samples) / taken))
  const measured = readRows(database, datasetId, chosen.map(rowOf), modalities)
  return modalities.flatMap((modality, m) => {
    const rows = measured.find((one) => one.modality.name === modality)
    if (rows === undefined) return []
    const seen = chosen
      .map((row) => errors.values[row * modalities.length + m]!)
      .filter((error, i) => rows.present[i] === 1 && !Number.isNaN(error))
    const variance = meanVariance(rows)
    const error = seen.reduce((sum, value) => sum + value, 0) / seen.length
    return [{ modality, explained: seen.length === 0 || variance === 0 ? 0 : 1 - error / variance }]
  })
}
