/** What a finished run makes of measurements, for another method to learn on: frozen, read from changed samples as well. */
import type { Method } from '../../src-shared/methods/list.ts'
import type { ModalityData } from '../datasets/dataset.ts'
import type { Snapshot } from './session.ts'

/** A finished run and its model. */
export interface FeatureSource {
  readonly run: number
  readonly method: Method
  readonly config: unknown
  readonly seed: number
  readonly snapshot: Snapshot
}

export interface ReadFeatures {
  /** What each modality tells by itself, [rows, width] in the order of the views; 0 where a sample lacks it. */
  readonly each: readonly Float32Array[]
  /** What all that a sample has tell together, [rows, width]. */
  readonly fused: Float32Array
}

export interface FeatureReader {
  /** Numbers of a sample. */
  readonly width: number
  /** Rows of the run's data set that it learnt nothing from. */
  readonly heldOut: Int32Array
  /** Columns that it was taught by. */
  readonly columns: readonly string[]
  /** Views of the modalities that the run was trained on, in any order, in stored scale. */
  read(views: readonly ModalityData[]): Promise<ReadFeatures>
  dispose(): void
}

/** A reader, with what it makes of every sample of the data set. */
export interface OpenFeatures {
  readonly run: number
  readonly reader: FeatureReader
  readonly samples: ReadFeatures
}
