/** Values of samples as they come from the host: one array for each modality, sample after sample. */
import type { ModalityArray } from '../../src-shared/contract/shapes.ts'
import { load } from '../client.ts'

export type Values = Float32Array | Int32Array | Uint8Array

export interface ModalityValues {
  readonly modality: string
  readonly kind: ModalityArray['kind']
  /** Of one sample: image [height, width, channels], curve [points], vector [features]. */
  readonly shape: readonly number[]
  readonly samples: number
  /** [samples, ...shape] */
  readonly values: Values
}

export async function loadValues(arrays: readonly ModalityArray[]): Promise<readonly ModalityValues[]> {
  return Promise.all(
    arrays.map(async ({ modality, kind, array }) => {
      const [samples = 0, ...shape] = array.shape
      return { modality, kind, shape, samples, values: await load(array) }
    }),
  )
}

/** The values of one sample, [...shape]; a view, not a copy. */
export function sampleOf({ shape, values }: ModalityValues, index: number): Values {
  const size = shape.reduce((product, n) => product * n, 1)
  return values.subarray(index * size, (index + 1) * size)
}

/** Smallest and largest finite value; null when there is none. */
export function rangeOf(values: Iterable<number>): readonly [number, number] | null {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  return low <= high ? [low, high] : null
}
