/** Stored values in the units of the person who measured them. */
import type { Modality } from '../../src-shared/domain/dataset.ts'

/** [k, ...shape] of stored values in the user's units; where `present` is 0 the row is 0. */
export function userValues(modality: Modality, data: Float32Array, present: Uint8Array | null = null): Float32Array {
  const rows = present?.length ?? 1
  const size = data.length / Math.max(1, rows)
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
