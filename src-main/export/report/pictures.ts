/** Samples and decoded samples as pictures: images as inline PNG, curves in the user's units. */
import sharp from 'sharp'
import type { Modality } from '../../../src-shared/domain/dataset.ts'

import { type DisplayRange, displayByte } from '../../datasets/display-range.ts'

/** Longest side of an inlined image; larger ones are reduced. */
const longest = 192

/** Stored values as a PNG data URI, black and white at the ends of the range. Images of 1 or 3 channels show them all, others the first. */
export async function imageUri(modality: Modality, values: ArrayLike<number>, range: DisplayRange): Promise<string> {
  const [height = 1, width = 1, channels = 1] = modality.shape
  const shown = channels === 3 ? 3 : 1
  const bytes = new Uint8Array(height * width * shown)
  for (let pixel = 0; pixel < height * width; pixel++)
    for (let c = 0; c < shown; c++) {
      bytes[pixel * shown + c] = displayByte(values[pixel * channels + c] ?? 0, range)
    }
  const picture = sharp(bytes, { raw: { width, height, channels: shown } })
  const reduced = Math.max(width, height) > longest ? picture.resize(longest, longest, { fit: 'inside' }) : picture
  const png = await reduced.png({ compressionLevel: 9 }).toBuffer()
  return `data:image/png;base64,${png.toString('base64')}`
}

/** user value = offset + scale * stored value. */
export function inUserUnits({ scaling }: Modality, values: ArrayLike<number>): number[] {
  const of = (list: readonly number[], i: number, fallback: number): number =>
    list[list.length === 1 ? 0 : i] ?? fallback
  return Array.from(values, (value, i) => of(scaling.offset, i, 0) + of(scaling.scale, i, 1) * value)
}
