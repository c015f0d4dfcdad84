/** A sample with its measurements changed, and the change alone, as the page shows them. */
import type { ModalityArray } from '../../src-shared/contract/shapes.ts'
import type { Prediction } from '../../src-shared/methods/facets.ts'
import type { ReadableDatabase } from '../project/database.ts'
import { readRows } from '../project/samples.ts'
import type { DataStore } from './data-store.ts'
import { Display } from './display.ts'

interface ShownChange {
  readonly becomes: string
  readonly size: number
  readonly modalities: { name: string; changed: ModalityArray; difference: ModalityArray }[]
}

/** @param row of the data set */
export function changedSample(
  { becomes, size, modalities }: Prediction['changes'][number],
  row: number,
  { database, datasetId, store }: { database: ReadableDatabase; datasetId: number; store: DataStore },
): ShownChange {
  const display = new Display(store, database, datasetId)
  const measured = readRows(
    database,
    datasetId,
    [row],
    modalities.map(({ name }) => name),
  )
  return {
    ...{ becomes, size },
    modalities: modalities.flatMap(({ name, values }) => {
      const before = measured.find((one) => one.modality.name === name)
      if (before?.data.length !== values.length) return []
      const { modality, data } = before
      const after = Float32Array.from(values)
      const [from, to] = [display.values(modality, data), display.values(modality, after)]
      const difference = modality.kind === 'image' ? greyLevels(after, data) : Float32Array.from(to, (value, k) => value - from[k]!) // prettier-ignore
      const shape = [1, ...modality.shape]
      const shown = (array: typeof to): ModalityArray => ({
        ...{ modality: name, kind: modality.kind, array: store.put(array, shape) },
      })
      return [{ name, changed: shown(to), difference: shown(difference) }]
    }),
  }
}

/** No change is 128, the largest either end. */
function greyLevels(after: Float32Array, before: Float32Array): Uint8Array {
  const change = after.map((value, k) => value - before[k]!)
  const most = change.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
  return Uint8Array.from(change, (value) => (most === 0 ? 128 : Math.round(128 + (127 * value) / most)))
}
