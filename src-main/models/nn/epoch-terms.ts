/** The terms of an epoch that is running: sums of its batches' means, weighted by rows; they stay on the engine until its end. */
import * as tf from '@tensorflow/tfjs-core'

export class EpochTerms {
  #sums: tf.Tensor1D | null = null

  /** Adds a batch's means over its rows, [terms]; they are disposed. */
  add(means: tf.Tensor1D, rows: number): void {
    const before = this.#sums
    this.#sums = tf.tidy(() => {
      const weighted = tf.mul<tf.Tensor1D>(means, rows)
      return before === null ? weighted : tf.add(before, weighted)
    })
    before?.dispose()
    means.dispose()
  }

  /** The sums so far, [terms]; null before the first batch. */
  async read(): Promise<Float32Array | null> {
    return this.#sums === null ? null : Float32Array.from(await this.#sums.data<'float32'>())
  }

  write(sums: Float32Array | null): void {
    this.dispose()
    this.#sums = sums === null ? null : tf.tensor1d(sums)
  }

  dispose(): void {
    this.#sums?.dispose()
    this.#sums = null
  }
}
