/** A data set in memory: rows are samples, the same order everywhere. Values are scaled as the modality says. */
import type { DatasetNote, MetadataColumn, Modality } from '../../src-shared/domain/dataset.ts'

export interface ModalityData {
  readonly modality: Modality
  /** [n, ...shape], scaled; rows of absent samples are 0. */
  readonly data: Float32Array
  /** [n], 1 where the sample has this modality. */
  readonly present: Uint8Array
}

export interface MetadataData {
  readonly column: MetadataColumn
  /** Category: [n] codes, -1 missing. Number: [n] values, NaN missing. */
  readonly values: Float64Array
}

export interface Dataset {
  readonly name: string
  readonly source: string
  readonly ids: readonly string[]
  readonly modalities: readonly ModalityData[]
  readonly metadata: readonly MetadataData[]
  readonly notes: readonly DatasetNote[]
}

/** Number of values of one sample of the given shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1)
}
