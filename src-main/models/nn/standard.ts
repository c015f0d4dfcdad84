/** How measurements are standardised before an encoder sees them. */
import { refused } from '../../../src-shared/errors.ts'
import { type ModalityData, sizeOf } from '../../datasets/dataset.ts'

/** (value - mean) x scale; one number each for images and curves, one a feature for vectors. */
export interface Standard {
  readonly mean: Float64Array
  readonly scale: Float64Array
  /** Features that never change. */
  readonly constant: number
}

/** Mean 0 and variance 1 over the given rows. Throws `refused` for a modality that never changes. */
export function standardOf({ modality, data }: ModalityData, rows: Int32Array): Standard {
  const size = sizeOf(modality.shape)
  // Pixels of an image and points of a curve share a scale: by itself, a point that hardly moves would be all noise.
  const width = modality.kind === 'vector' || modality.kind === 'embedding' ? size : 1
  const each = (rows.length * size) / width
  const mean = new Float64Array(width)
  const variance = new Float64Array(width)
  for (const row of rows) for (let k = 0; k < size; k++) mean[k % width]! += data[row * size + k]! / each
  for (const row of rows)
    for (let k = 0; k < size; k++) variance[k % width]! += (data[row * size + k]! - mean[k % width]!) ** 2 / each
  const moves = (v: number, k: number): boolean => v > 1e-14 * (1 + mean[k]! ** 2)
  const scale = variance.map((v, k) => (moves(v, k) ? 1 / Math.sqrt(v) : 0))
  const constant = scale.reduce((count, s) => count + Number(s === 0), 0)
  if (constant === width)
    throw refused(
      `The modality ${modality.name} is the same in every sample: there is nothing to compare.`,
      'Leave it out, or look whether it was imported as meant.',
      { field: 'modalities' },
    )
  return { mean, scale, constant: width === 1 ? 0 : constant }
}
