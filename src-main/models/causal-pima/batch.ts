/** A batch as plain arrays: what is drawn and gathered once, cut into parts for threads, and made tensors where it is used. */
import * as tf from '@tensorflow/tfjs-core'
import type { Batch, ModelShape } from './model.ts'

export interface BatchArrays {
  readonly rows: number
  /** Per modality [rows, values]. */
  readonly x: readonly Float32Array[]
  /** [rows, M] or null, as in `Batch`. */
  readonly fusion: Float32Array | null
  readonly present: Float32Array | null
  /** [rows, C] or null */
  readonly known: Float32Array | null
  /** [rows, R] or null */
  readonly regime: Float32Array | null
  /** [rows, l] */
  readonly noise: Float32Array
}

/** Memory that the batches of a training are gathered into: what lies there is overwritten by the next batch. */
export class BatchRoom {
  readonly #shared: boolean
  readonly #arrays = new Map<string, Float32Array>()

  /** @param shared other threads read it where it lies, without a copy */
  constructor(shared: boolean) {
    this.#shared = shared
  }

  floats(key: string, length: number): Float32Array {
    let array = this.#arrays.get(key)
    if (array === undefined || array.length < length) {
      array = this.#shared ? new Float32Array(new SharedArrayBuffer(length * 4)) : new Float32Array(length)
      this.#arrays.set(key, array)
    }
    return array.subarray(0, length)
  }
}

/** The batch on the engine; the caller disposes it. */
export function tensorsOf(arrays: BatchArrays, shape: Pick<ModelShape, 'modalities' | 'latent'>): Batch {
  const { rows } = arrays
  const matrix = (values: Float32Array | null): tf.Tensor2D | null =>
    values === null ? null : tf.tensor2d(values, [rows, values.length / rows])
  return {
    rows,
    x: arrays.x.map((values, m) => tf.tensor(values, [rows, ...shape.modalities[m]!.shape])),
    fusion: matrix(arrays.fusion),
    present: matrix(arrays.present),
    known: matrix(arrays.known),
    regime: matrix(arrays.regime),
    noise: tf.tensor2d(arrays.noise, [rows, shape.latent]),
  }
}

/** Cuts a batch into `count` parts of nearly equal size, in order; a batch of fewer rows makes fewer parts. */
export function cutBatch(arrays: BatchArrays, count: number): BatchArrays[] {
  const parts = Math.min(count, arrays.rows)
  const bounds = Array.from({ length: parts + 1 }, (_, t) => Math.round((t * arrays.rows) / parts))
  return bounds.slice(1).map((end, t) => {
    const start = bounds[t]!
    const cut = (values: Float32Array): Float32Array => {
      const width = values.length / arrays.rows
      const [from, to] = [start * width, end * width]
      // A view of shared memory is posted as it is, one of other memory with all that lies around it.
      return values.buffer instanceof SharedArrayBuffer ? values.subarray(from, to) : values.slice(from, to)
    }
    const cutOrNull = (values: Float32Array | null): Float32Array | null => (values === null ? null : cut(values))
    return {
      rows: end - start,
      x: arrays.x.map(cut),
      fusion: cutOrNull(arrays.fusion),
      present: cutOrNull(arrays.present),
      known: cutOrNull(arrays.known),
      regime: cutOrNull(arrays.regime),
      noise: cut(arrays.noise),
    }
  })
}
