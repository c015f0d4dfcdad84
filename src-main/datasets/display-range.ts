/** What is black and what is white when images are shown. */
import type { Modality } from '../../src-shared/domain/dataset.ts'

/** Share of values beyond each end of the robust range. */
const tail = 0.005
const mostSampled = 500_000

/** [low, high] between which all but a hundredth of the values lie; all of them where that would be nothing. */
export function robustRange(values: ArrayLike<number>): readonly [number, number] {
  const step = Math.max(1, Math.floor(values.length / mostSampled))
  const sample = new Float64Array(Math.floor((values.length - 1) / step) + 1)
  for (let i = 0; i < sample.length; i++) sample[i] = values[i * step]!
  sample.sort()
  const last = sample.length - 1
  const [low, high] = [sample[Math.floor(tail * last)]!, sample[Math.ceil((1 - tail) * last)]!]
  return low < high ? [low, high] : [sample[0]!, sample[last]!]
}

/** Black and white, in stored scale. */
export type DisplayRange = readonly [number, number]

/** Of images that were scaled on import: stored values lie about in [0, 1]. */
export const unitRange: DisplayRange = [0, 1]

/** Whether the stored values are the file's own, which may lie anywhere. */
export function isUnscaled({ scaling: { offset, scale } }: Pick<Modality, 'scaling'>): boolean {
  return offset.every((x) => x === 0) && scale.every((x) => x === 1)
}

/** From stored values of the modality, any number of samples: those that lie in [0, 1] are shown as they are. */
export function displayRange(modality: Pick<Modality, 'scaling'>, values: ArrayLike<number>): DisplayRange {
  if (!isUnscaled(modality) || values.length === 0) return unitRange
  const [low, high] = robustRange(values)
  if (low >= 0 && high <= 1) return unitRange
  return low < high ? [low, high] : [low, low + 1]
}

/** A stored value as a byte. */
export function displayByte(value: number, [low, high]: DisplayRange): number {
  return Math.round(255 * Math.min(1, Math.max(0, (value - low) / (high - low))))
}

/**
 * Stored values as bytes, [k, ...shape]; where `present` is 0 the row is 0. In a loop: `Uint8Array.from` with a function
 * takes ten times as long, and every page of samples waits for it.
 */
export function displayBytes(
  values: Float32Array,
  range: DisplayRange,
  present: Uint8Array | null = null,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.length)
  const rows = present?.length ?? 1
  const size = values.length / Math.max(1, rows)
  for (let row = 0; row < rows; row++) {
    if (present !== null && present[row] === 0) continue
    for (let i = row * size; i < (row + 1) * size; i++) bytes[i] = displayByte(values[i]!, range)
  }
  return bytes
}
