/** How much of what was measured a model rebuilds: 1 - mean squared error / variance, a modality at a time. */
import type { Matrix } from '../../../src-shared/domain/result.ts'
import { type Dataset, type ModalityData, sizeOf } from '../../datasets/dataset.ts'

/**
 * Of the modalities that the run used, over the samples that have each.
 * @param errors mean squared error of each sample and modality in stored scale, [n, M]
 */
export function explainedShares(
  dataset: Dataset,
  modalities: readonly string[],
  errors: Matrix,
): { modality: string; explained: number }[] {
  return modalities.flatMap((name, m) => {
    const data = dataset.modalities.find(({ modality }) => modality.name === name)
    if (data === undefined) return []
    const { present } = data
    let error = 0
    let count = 0
    for (let row = 0; row < present.length; row++) {
      const value = errors.values[row * modalities.length + m]!
      if (present[row] !== 1 || Number.isNaN(value)) continue
      error += value
      count++
    }
    const variance = meanVariance(data)
    return [{ modality: name, explained: count === 0 || variance === 0 ? 0 : 1 - error / count / variance }]
  })
}

/** Variance of a value over the samples, averaged over the values of a sample. */
function meanVariance({ modality, data, present }: ModalityData): number {
  const size = sizeOf(modality.shape)
  const mean = new Float64Array(size)
  const square = new Float64Array(size)
  let count = 0
  for (let row = 0; row < present.length; row++) {
    if (present[row] !== 1) continue
    count++
    for (let j = 0; j < size; j++) {
      const away = data[row * size + j]! - mean[j]!
      mean[j]! += away / count
      square[j]! += away * (data[row * size + j]! - mean[j]!)
    }
  }
  return count === 0 ? 0 : square.reduce((sum, value) => sum + value, 0) / (count * size)
}
