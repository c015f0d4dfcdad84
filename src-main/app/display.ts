/** Stored values as the page shows them: images as bytes, everything else in the user's units. */
import type { ModalityArray } from '../../src-shared/contract/shapes.ts'
import type { Modality } from '../../src-shared/domain/dataset.ts'
import { type DisplayRange, displayBytes, displayRange, isUnscaled, unitRange } from '../datasets/display-range.ts'
import { userValues } from '../datasets/user-values.ts'
import type { ReadableDatabase } from '../project/database.ts'
import { readDataset } from '../project/datasets.ts'
import { readRows, type SampleRows } from '../project/samples.ts'
import type { DataStore, Values } from './data-store.ts'

/** Samples that the range of a modality's images is taken from, evenly over the data set. */
const sampledForRange = 32

/** By data set and modality: its hash tells a set from another of its number, the source a modality prepared anew. */
const ranges = new WeakMap<ReadableDatabase, Map<string, DisplayRange>>()

function readRange(database: ReadableDatabase, datasetId: number, modality: Modality): DisplayRange {
  const { sha256, samples } = readDataset(database, datasetId)
  const known = ranges.get(database) ?? new Map<string, DisplayRange>()
  ranges.set(database, known)
  const key = `${sha256}/${modality.name}/${modality.source}`
  const kept = known.get(key)
  if (kept !== undefined) return kept
  const count = Math.min(samples, sampledForRange)
  const rows = Array.from({ length: count }, (_, i) => Math.floor((i * samples) / count))
  const [sampled] = readRows(database, datasetId, rows, [modality.name])
  const size = sampled === undefined ? 0 : sampled.data.length / count
  const range = displayRange(
    modality,
    sampled?.data.filter((_, i) => sampled.present[Math.floor(i / size)] === 1) ?? [],
  )
  known.set(key, range)
  return range
}

/** Shows the values of one data set. */
export class Display {
  readonly #store: DataStore
  readonly #database: ReadableDatabase
  readonly #datasetId: number

  constructor(store: DataStore, database: ReadableDatabase, datasetId: number) {
    this.#store = store
    this.#database = database
    this.#datasetId = datasetId
  }

  /** [k, ...shape] of stored values for display; where `present` is 0 the row is 0. */
  values(modality: Modality, data: Float32Array, present: Uint8Array | null = null): Values {
    if (modality.kind !== 'image') return userValues(modality, data, present)
    const range = isUnscaled(modality) ? readRange(this.#database, this.#datasetId, modality) : unitRange
    return displayBytes(data, range, present)
  }

  /** The rows as an array that the page can fetch. */
  rows({ modality, data, present }: SampleRows): ModalityArray {
    return this.#array(modality, present.length, this.values(modality, data, present))
  }

  /** Decoded values of `count` samples, [count, ...shape] in stored scale. */
  decoded(modality: Modality, count: number, decoded: Float32Array): ModalityArray {
    return this.#array(modality, count, this.values(modality, decoded))
  }

  #array({ name, kind, shape }: Modality, count: number, values: Values): ModalityArray {
    return { modality: name, kind, array: this.#store.put(values, [count, ...shape]) }
  }
}
