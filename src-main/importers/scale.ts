/**
 * Scaling of a modality to [0, 1] (docs/causal-pima.md, networks): images by the range of their type, curves and vectors by
 * a robust range. What maps back, user value = offset + scale * stored value, is kept with the modality.
 */
import type { ModalityDescription, Scaling } from '../../src-shared/domain/dataset.ts'
import { robustRange } from '../datasets/display-range.ts'
import type { PixelType } from './blocks.ts'

function scalingOf([low, high]: readonly [number, number]): Scaling {
  return { offset: [low], scale: [high > low ? high - low : 1] }
}

const bitDepths = [8, 10, 12, 14, 16]

export interface ImageScaling {
  readonly scaling: Scaling
  /** What the reader should know about it, if anything. */
  readonly note: string | null
}

/**
 * Of images: 8 bits by 255; 16 bits by the camera's depth, the smallest of 8, 10, 12, 14 and 16 bits that holds every
 * value; floats as they are when within [0, 1], else by robust range.
 */
export function imageScaling(
  values: ArrayLike<number>,
  pixelType: PixelType,
  choice: ModalityDescription['scale'],
): ImageScaling {
  if (choice === 'none') return { scaling: { offset: [0], scale: [1] }, note: null }
  if (choice === 'robust') return { scaling: scalingOf(robustRange(values)), note: null }
  if (pixelType === 'bool') return { scaling: { offset: [0], scale: [1] }, note: null }
  if (pixelType === 'uint8') return { scaling: { offset: [0], scale: [255] }, note: null }
  let [low, high] = [Infinity, -Infinity]
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]!)
    high = Math.max(high, values[i]!)
  }
  if (pixelType === 'uint16') {
    const bits = bitDepths.find((depth) => high < 2 ** depth) ?? 16
    const note = bits === 16 ? null : `its 16-bit values reach ${high} and are scaled as ${bits}-bit ones.`
    return { scaling: { offset: [0], scale: [2 ** bits - 1] }, note }
  }
  if (pixelType === 'float' && low >= 0 && high <= 1) return { scaling: { offset: [0], scale: [1] }, note: null }
  return { scaling: scalingOf(robustRange(values)), note: null }
}

/** Of curves and embeddings: one range for all values, so that a curve keeps its form. */
export function wholeScaling(values: ArrayLike<number>, choice: ModalityDescription['scale']): Scaling {
  return choice === 'none' ? { offset: [0], scale: [1] } : scalingOf(robustRange(values))
}

/** Of vectors: a range for each feature. `values` is [n, features]. */
export function featureScaling(values: Float64Array, features: number, choice: ModalityDescription['scale']): Scaling {
  if (choice === 'none') return { offset: [0], scale: [1] }
  const n = values.length / features
  const own = new Float64Array(n)
  const ranges = Array.from({ length: features }, (_, k) => {
    for (let i = 0; i < n; i++) own[i] = values[i * features + k]!
    return robustRange(own)
  })
  return { offset: ranges.map(([low]) => low), scale: ranges.map(([low, high]) => (high > low ? high - low : 1)) }
}

/** Stored value of a user value, `k` its place within the sample. */
export function stored(value: number, { offset, scale }: Scaling, k: number): number {
  return offset.length === 1 ? (value - offset[0]!) / scale[0]! : (value - offset[k]!) / scale[k]!
}

/** User value of a stored one. */
export function restored(value: number, { offset, scale }: Scaling, k: number): number {
  return offset.length === 1 ? offset[0]! + scale[0]! * value : offset[k]! + scale[k]! * value
}
