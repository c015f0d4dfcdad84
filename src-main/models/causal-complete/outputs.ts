/** What a model makes of samples, read from the engine part by part. */
import * as tf from '@tensorflow/tfjs-core'
import type { ModalityData } from '../../datasets/dataset.ts'
import type { Breathe } from '../../statistics/piecewise.ts'
import { type BatchArrays, disposeBatch, tensorsOf } from './batch.ts'
import type { CausalCompleteModel } from './model.ts'
import type { TrainingData } from './training-data.ts'

const rowsAtOnce = 1024

export interface Outputs {
  /** [rows, C] */
  readonly logits: Float32Array
  /** Z, [rows, h] */
  readonly representation: Float32Array
  /** alpha, [rows, M, M] */
  readonly attention: Float32Array
}

export async function readOutputs(model: CausalCompleteModel, data: TrainingData, rows: Int32Array): Promise<Outputs> {
  return outputsOf(model, rows, (part) => data.batch(part), data.breathe)
}

/** The same of samples that are not the data set's, or no longer as they were. */
export async function readViews(
  model: CausalCompleteModel,
  data: TrainingData,
  views: readonly ModalityData[],
): Promise<Outputs> {
  const rows = Int32Array.from(views[0]!.present.keys())
  const seen = await data.seen(views)
  return outputsOf(model, rows, (part) => data.batchOf(seen, part), data.breathe)
}

async function outputsOf(
  model: CausalCompleteModel,
  rows: Int32Array,
  batchOf: (part: Int32Array) => BatchArrays,
  breathe: Breathe,
): Promise<Outputs> {
  const { modalities, classes, config } = model.shape
  const widths = [classes, config.networks.representation, modalities.length ** 2]
  const all = widths.map((width) => new Float32Array(rows.length * width))
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const part = rows.subarray(start, start + rowsAtOnce)
    const batch = tensorsOf(batchOf(part), modalities, classes)
    const tensors = tf.tidy(() => {
      const encoded = model.encode(batch)
      const { attention } = model.instrument(encoded, batch.mask)
      return [model.logits(encoded.representation), encoded.representation, attention]
    })
    disposeBatch(batch)
    for (const [at, tensor] of tensors.entries()) {
      all[at]!.set(await tensor.data<'float32'>(), start * widths[at]!)
      tensor.dispose()
    }
    await breathe()
  }
  return { logits: all[0]!, representation: all[1]!, attention: all[2]! }
}

/** Means over labelled rows of the terms and, last, the loss. Not a number where there are no rows. */
export async function readTerms(
  model: CausalCompleteModel,
  data: TrainingData,
  rows: Int32Array,
): Promise<Float32Array> {
  const { modalities, classes } = model.shape
  let sums: number[] = []
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const part = rows.subarray(start, start + rowsAtOnce)
    const batch = tensorsOf(data.batch(part), modalities, classes)
    const terms = model.terms(batch)
    disposeBatch(batch)
    const values = await terms.data<'float32'>()
    terms.dispose()
    await data.breathe()
    sums = Array.from(values, (value, at) => (sums[at] ?? 0) + (value * part.length) / rows.length)
  }
  return Float32Array.from(sums)
}
