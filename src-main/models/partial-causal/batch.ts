/** A batch as plain arrays, whole or a part of it for one of several threads. */
import * as tf from '@tensorflow/tfjs-core'
import type { Modality } from '../../../src-shared/domain/dataset.ts'

export interface BatchArrays {
  readonly rows: number
  /** Per modality [rows, values], standardised. */
  readonly x: readonly Float32Array[]
}

export interface Part extends BatchArrays {
  /** First row of the part, and rows of the whole batch. */
  readonly start: number
  readonly whole: number
}

/** Per modality [rows, ...shape]; the caller disposes them. */
export function tensorsOf({ rows, x }: BatchArrays, modalities: readonly Modality[]): tf.Tensor[] {
  return x.map((values, m) => tf.tensor(values, [rows, ...modalities[m]!.shape]))
}

/** The batch in parts of nearly equal size, in order. */
export function cutBatch({ rows, x }: BatchArrays, count: number): Part[] {
  const parts = Math.min(count, rows)
  const bounds = Array.from({ length: parts + 1 }, (_, t) => Math.round((t * rows) / parts))
  return bounds.slice(1).map((end, t) => {
    const start = bounds[t]!
    const cut = (values: Float32Array): Float32Array => {
      const width = values.length / rows
      return values.slice(start * width, end * width)
    }
    return { rows: end - start, x: x.map(cut), start, whole: rows }
  })
}
