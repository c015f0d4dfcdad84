/** Whether a trained model rebuilds anything of what it was trained on: told with the end of its run. */
import type { RunResult, SampleArrays } from '../../src-shared/domain/result.ts'
import { matrixOf } from '../../src-shared/domain/result.ts'
import { facetsOf } from '../../src-shared/methods/results.ts'
import type { Dataset } from '../datasets/dataset.ts'
import { meanVariance } from '../statistics/mean-variance.ts'

/** A share of the variance needs no more samples than this, evenly spaced. */
const mostSampled = 1024

/**
 * Largest share of a modality's variance that the result rebuilds; null where it rebuilds none by design.
 * @param dataset the samples of the result, in its order
 */
export function explainedShare(result: RunResult, arrays: SampleArrays, dataset: Dataset): number | null {
  const { representation } = facetsOf(result)
  if (representation?.error == null || representation.modalities.length === 0) return null
  const { values, columns } = matrixOf(arrays, representation.error)
  const samples = dataset.ids.length
  const taken = Math.min(samples, mostSampled)
  const chosen = Array.from({ length: taken }, (_, i) => Math.floor((i * samples) / taken))
  const shares = representation.modalities.flatMap((name, m) => {
    const found = dataset.modalities.find((one) => one.modality.name === name)
    if (found === undefined) return []
    const size = found.data.length / samples
    const rows = chosen.filter((row) => found.present[row] === 1 && !Number.isNaN(values[row * columns + m]))
    const data = new Float32Array(rows.length * size)
    rows.forEach((row, i) => data.set(found.data.subarray(row * size, (row + 1) * size), i * size))
    const variance = meanVariance({ data, present: new Uint8Array(rows.length).fill(1) })
    const error = rows.reduce((sum, row) => sum + values[row * columns + m]!, 0) / rows.length
    return rows.length === 0 || variance === 0 ? [] : [1 - error / variance]
  })
  return shares.length === 0 ? null : Math.max(...shares)
}
