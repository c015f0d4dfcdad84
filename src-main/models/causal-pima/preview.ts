/** A small look inside for the training view: some latent points with their components, a few samples rebuilt. */
import * as tf from '@tensorflow/tfjs-core'
import type { TrainingPreview } from '../../../src-shared/domain/run.ts'
import { likeliest } from '../../statistics/likeliest.ts'
import { expectation, readPosteriors } from './full-pass.ts'
import { readPriors } from './dag/graph-step.ts'
import { type CausalPimaModel, disposeBatch } from './model.ts'
import type { State } from './state.ts'
import type { TrainingData } from './training-data.ts'

const points = 300
const rebuilt = 4

/** Spread evenly over the training rows, so that the same samples show every time. */
function shownRows(rows: Int32Array): Int32Array {
  const count = Math.min(points, rows.length)
  return Int32Array.from({ length: count }, (_, i) => rows[Math.floor((i * rows.length) / count)]!)
}

export async function previewOf(
  model: CausalPimaModel,
  data: TrainingData,
  state: State,
  temperature: number,
): Promise<TrainingPreview> {
  if (data.modalities.length === 0)
    return { epoch: state.epoch, rows: [], latent: [], components: [], reconstructions: [] }
  const rows = shownRows(data.training)
  const posteriors = await readPosteriors(model, data, rows)
  const { latent } = posteriors
  let components = Array.from(rows, () => -1)
  if (state.stage === 'joint' || state.stage === 'finished') {
    const priors = await readPriors(model, temperature)
    const { responsibilities } = await expectation(model, data, rows, posteriors, await model.mixture(), priors, true)
    components = Array.from(likeliest(responsibilities!, model.components))
  }
  const few = rows.subarray(0, rebuilt)
  const batch = data.batch(few, latent, { random: null, dropout: 0 })
  const decoded = tf.tidy(() => model.decode(model.posterior(batch).mean))
  const reconstructions: TrainingPreview['reconstructions'][number][] = []
  for (const [m, tensor] of decoded.entries()) {
    const values = await tensor.data()
    const size = values.length / few.length
    few.forEach((row, i) =>
      reconstructions.push({
        modality: data.modalities[m]!.name,
        row,
        values: Array.from(values.subarray(i * size, (i + 1) * size)),
      }),
    )
    tensor.dispose()
  }
  disposeBatch(batch)
  return {
    epoch: state.epoch,
    rows: Array.from(rows),
    latent: Array.from(rows, (_, i) => Array.from(posteriors.mean.subarray(i * latent, (i + 1) * latent))),
    components,
    reconstructions,
  }
}
