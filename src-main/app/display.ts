/** Stored values as the page shows them: images as bytes, everything else in the user's units. */
import type { ModalityArray } from '../../src-shared/contract/shapes.ts'
import type { Modality } from '../../src-shared/domain/dataset.ts'
import type { SampleRows } from '../project/samples.ts'
import type { DataStore, Values } from './data-store.ts'

/** [k, ...shape] of stored values for display; where `present` is 0 the row is 0. */
export function displayValues(modality: Modality, data: Float32Array, present: Uint8Array | null = null): Values {
  const rows = present?.length ?? 1
  const size = data.length / Math.max(1, rows)
  if (modality.kind === 'image') {
    // Bytes clamp and round by themselves.
    const bytes = new Uint8ClampedArray(data.length)
    for (let i = 0; i < data.length; i++) bytes[i] = 255 * data[i]!
    return new Uint8Array(bytes.buffer)
  }
  const { offset, scale } = modality.scaling
  const each = offset.length > 1
  const features = each ? offset.length : 1
  const out = new Float32Array(data.length)
  for (let i = 0; i < data.length; i++) {
    if (present !== null && present[Math.floor(i / size)] === 0) continue
    const k = each ? i % features : 0
    out[i] = offset[k]! + scale[k]! * data[i]!
  }
  return out
}

/** The rows as an array that the page can fetch. */
export function displayArray(store: DataStore, rows: SampleRows): ModalityArray {
  const values = displayValues(rows.modality, rows.data, rows.present)
  return {
    modality: rows.modality.name,
    kind: rows.modality.kind,
    array: store.put(values, [rows.present.length, ...rows.modality.shape]),
  }
}

/** Decoded values of `count` samples, [count, ...shape] in stored scale. */
export function decodedArray(
  store: DataStore,
  modality: Modality,
  count: number,
  decoded: Float32Array,
): ModalityArray {
  return {
    modality: modality.name,
    kind: modality.kind,
    array: store.put(displayValues(modality, decoded), [count, ...modality.shape]),
  }
}
