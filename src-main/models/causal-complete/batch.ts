/** A batch as plain arrays, whole or a part of it for one of several threads. */
import * as tf from '@tensorflow/tfjs-core'
import type { Modality } from '../../../src-shared/domain/dataset.ts'

export interface BatchArrays {
  readonly rows: number
  /** Per modality [rows, values], standardised; 0 where absent. */
  readonly x: readonly Float32Array[]
  /** [rows, M], 1 where a sample has the modality; null when all have all. */
  readonly mask: Float32Array | null
  /** What a finished run makes of all that a row has, standardised, [rows, width]; null where measurements are learnt on. */
  readonly fused: Float32Array | null
  /** Class of each row, [rows]. */
  readonly labels: Int32Array
}

export interface BatchTensors {
  /** Per modality [rows, ...shape] */
  readonly x: tf.Tensor[]
  readonly mask: tf.Tensor2D | null
  readonly fused: tf.Tensor2D | null
  /** One-hot, [rows, C] */
  readonly labels: tf.Tensor2D
}

/** The caller disposes them. */
export function tensorsOf(
  { rows, x, mask, fused, labels }: BatchArrays,
  modalities: readonly Modality[],
  classes: number,
): BatchTensors {
  const oneHot = new Float32Array(rows * classes)
  labels.forEach((label, row) => {
    if (label >= 0) oneHot[row * classes + label] = 1
  })
  return {
    x: x.map((values, m) => tf.tensor(values, [rows, ...modalities[m]!.shape])),
    mask: mask === null ? null : tf.tensor2d(mask, [rows, modalities.length]),
    fused: fused === null ? null : tf.tensor2d(fused, [rows, fused.length / rows]),
    labels: tf.tensor2d(oneHot, [rows, classes]),
  }
}

export function disposeBatch({ x, mask, fused, labels }: BatchTensors): void {
  tf.dispose([...x, labels, ...(mask === null ? [] : [mask]), ...(fused === null ? [] : [fused])])
}

/** The batch in parts of nearly equal size, in order. */
export function cutBatch({ rows, x, mask, fused, labels }: BatchArrays, count: number): BatchArrays[] {
  const parts = Math.min(count, rows)
  const bounds = Array.from({ length: parts + 1 }, (_, t) => Math.round((t * rows) / parts))
  return bounds.slice(1).map((end, t) => {
    const start = bounds[t]!
    const cut = (values: Float32Array): Float32Array => {
      const width = values.length / rows
      return values.slice(start * width, end * width)
    }
    return {
      rows: end - start,
      x: x.map(cut),
      mask: mask === null ? null : cut(mask),
      fused: fused === null ? null : cut(fused),
      labels: labels.slice(start, end),
    }
  })
}
