/** The first samples of a data set as the window shows them before anything is stored. */
import type { ImportPreview, PreviewArray } from '../../src-shared/domain/import.ts'
import type { Dataset, MetadataData, ModalityData } from '../datasets/dataset.ts'
import { sizeOf } from '../datasets/dataset.ts'
import { displayByte, displayRange } from '../datasets/display-range.ts'
import { resizeByArea } from './resize.ts'
import { restored } from './scale.ts'

const mostSamples = 24
const longestSide = 96

export function previewOf(dataset: Dataset): ImportPreview {
  const count = Math.min(mostSamples, dataset.ids.length)
  const rows = Array.from({ length: count }, (_, i) => i)
  return {
    ids: dataset.ids.slice(0, count),
    present: rows.map((i) => dataset.modalities.map(({ present }) => present[i] === 1)),
    modalities: dataset.modalities.map((modality) => previewArray(modality, count)),
    metadata: rows.map((i) => dataset.metadata.map((column) => metadataValue(column, i))),
  }
}

function metadataValue({ column, values }: MetadataData, i: number): string | number | null {
  const value = values[i]!
  if (column.kind === 'number') return Number.isNaN(value) ? null : value
  return value < 0 ? null : (column.categories?.[value] ?? null)
}

function previewArray({ modality, data, present }: ModalityData, count: number): PreviewArray {
  const size = sizeOf(modality.shape)
  const base = { modality: modality.name, kind: modality.kind }
  if (modality.kind === 'image') {
    const [height, width, channels] = [modality.shape[0]!, modality.shape[1]!, modality.shape[2]!]
    const scale = Math.min(1, longestSide / Math.max(height, width))
    const [small, narrow] = [Math.max(1, Math.round(height * scale)), Math.max(1, Math.round(width * scale))]
    const bytes = new Uint8Array(count * small * narrow * channels)
    const range = displayRange(modality, presentValues(data, present, size, count))
    for (let i = 0; i < count; i++) {
      const image = Float32Array.from(data.subarray(i * size, (i + 1) * size), (value) => displayByte(value, range))
      const shown = scale < 1 ? resizeByArea(image, [height, width, channels], [small, narrow]) : image
      bytes.set(
        Uint8Array.from(shown, (value) => Math.round(value)),
        i * small * narrow * channels,
      )
    }
    return { ...base, shape: [count, small, narrow, channels], dtype: 'uint8', base64: base64(bytes) }
  }
  const values = new Float32Array(count * size)
  for (let i = 0; i < count; i++) {
    if (present[i] === 0) continue
    for (let k = 0; k < size; k++) values[i * size + k] = restored(data[i * size + k]!, modality.scaling, k)
  }
  return { ...base, shape: [count, ...modality.shape], dtype: 'float32', base64: base64(values) }
}

/** The values of the first `count` samples that have any. */
function presentValues(data: Float32Array, present: Uint8Array, size: number, count: number): Float32Array {
  return data.subarray(0, count * size).filter((_, i) => present[Math.floor(i / size)] === 1)
}

function base64(array: Uint8Array | Float32Array): string {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64')
}
