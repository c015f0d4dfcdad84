/** Parts of a data set in memory: some of its rows, and the same rows with their metadata taken away. */
import { type Dataset, sizeOf } from './dataset.ts'

/** The given rows in the order given; values are copied. */
export function subsetOf(dataset: Dataset, rows: ArrayLike<number>): Dataset {
  const pick = <T extends Float32Array | Float64Array | Uint8Array>(from: T, into: T, size: number): T => {
    for (let at = 0; at < rows.length; at++)
      into.set(from.subarray(rows[at]! * size, (rows[at]! + 1) * size), at * size)
    return into
  }
  const n = rows.length
  return {
    ...dataset,
    ids: Array.from(rows, (row) => dataset.ids[row]!),
    modalities: dataset.modalities.map(({ modality, data, present }) => {
      const size = sizeOf(modality.shape)
      const kept = pick(present, new Uint8Array(n), 1)
      return {
        modality: { ...modality, present: kept.reduce((sum, here) => sum + here, 0) },
        data: pick(data, new Float32Array(n * size), size),
        present: kept,
      }
    }),
    metadata: dataset.metadata.map(({ column, values }) => {
      const kept = pick(values, new Float64Array(n), 1)
      return { column: { ...column, missing: kept.filter(isMissing).length }, values: kept }
    }),
  }
}

/** The data set with the metadata of the given rows unknown: as if nobody had labelled them. */
export function withoutMetadata(dataset: Dataset, rows: ArrayLike<number>): Dataset {
  return {
    ...dataset,
    metadata: dataset.metadata.map(({ column, values }) => {
      const kept = values.slice()
      for (let at = 0; at < rows.length; at++) kept[rows[at]!] = column.kind === 'category' ? -1 : Number.NaN
      return { column: { ...column, missing: kept.filter(isMissing).length }, values: kept }
    }),
  }
}

function isMissing(value: number): boolean {
  return Number.isNaN(value) || value === -1
}
