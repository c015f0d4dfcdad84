/** What the encoders make of samples, read from the engine part by part. */
import * as tf from '@tensorflow/tfjs-core'
import type { PartialCausalModel } from './model.ts'
import type { TrainingData } from './training-data.ts'

const rowsAtOnce = 1024

/** Outputs of modality `m` for rows that have it, [rows, l]. */
export async function readEmbeddings(
  model: PartialCausalModel,
  data: TrainingData,
  m: number,
  rows: Int32Array,
): Promise<Float64Array> {
  const latent = model.shape.config.latent.size
  const out = new Float64Array(rows.length * latent)
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const part = rows.subarray(start, start + rowsAtOnce)
    const outputs = tf.tidy(() =>
      model.encode(m, tf.tensor(data.values(m, part), [part.length, ...data.modalities[m]!.shape])),
    )
    out.set(await outputs.data<'float32'>(), start * latent)
    outputs.dispose()
    await data.breathe()
  }
  return out
}

/** Mean loss of each pair of modalities over batches of at most `batch` rows, a last smaller one left out; [pairs]. */
export async function readLosses(
  model: PartialCausalModel,
  data: TrainingData,
  rows: Int32Array,
  batch: number,
): Promise<readonly number[]> {
  const batches = Math.max(1, Math.floor(rows.length / batch))
  const size = Math.min(batch, rows.length)
  let sums: number[] = []
  for (let i = 0; i < batches; i++) {
    const arrays = data.batch(rows.subarray(i * size, (i + 1) * size))
    const losses = tf.tidy(() =>
      model.losses(arrays.x.map((values, m) => tf.tensor(values, [size, ...data.modalities[m]!.shape]))),
    )
    const values = await losses.data<'float32'>()
    losses.dispose()
    await data.breathe()
    sums = Array.from(values, (value, p) => (sums[p] ?? 0) + value / batches)
  }
  return sums
}
