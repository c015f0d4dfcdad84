/** A trained causalPIMA model answering: latent points decoded, samples rebuilt from some of their modalities. */
import * as tf from '@tensorflow/tfjs-core'
import type { CausalPimaConfig } from '../../../src-shared/methods/causal-pima/config.ts'
import { refused } from '../../../src-shared/errors.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import type { Inference, Prediction } from '../inference.ts'
import type { Snapshot } from '../session.ts'
import { componentEvidence } from './elbo.ts'
import { readLogJoint } from './dag/graph-step.ts'
import { CausalPimaModel, disposeBatch } from './model.ts'
import { openSnapshot } from './snapshot.ts'
import { TrainingData } from './training-data.ts'

/** log sigma^2 of a posterior without width: a point. */
const pointLogVar = -1e4

export class CausalPimaInference implements Inference {
  readonly #data: TrainingData
  readonly #model: CausalPimaModel
  readonly #temperature: number

  constructor(dataset: Dataset, config: CausalPimaConfig, seed: number, snapshot: Snapshot) {
    const { parameters } = openSnapshot(snapshot)
    this.#data = new TrainingData(dataset, config, seed)
    this.#temperature = config.dag.temperature
    const [, latent = 0] = parameters['mixture/mean']?.shape ?? []
    const { noise, experts, mixture } = config
    const { modalities, categories } = this.#data
    const { responsibilities } = mixture
    this.#model = new CausalPimaModel(
      { modalities, categories, latent, likelihoodWeights: modalities.map(() => 1), noise, experts, responsibilities },
      seed,
    )
    this.#model.parameters.write(parameters)
  }

  async decode(latents: Float32Array): Promise<readonly Prediction[]> {
    const { latent } = this.#model.shape
    if (latent === 0 || latents.length % latent !== 0)
      throw refused(`A latent point of this model has ${latent} coordinates.`, '', { field: 'latents' })
    const z = tf.tensor2d(latents, [latents.length / latent, latent])
    try {
      return await this.#predictions(z)
    } finally {
      z.dispose()
    }
  }

  async reconstruct(rows: readonly number[], from: readonly string[] | null): Promise<readonly Prediction[]> {
    const z = this.#posteriorMeans(Int32Array.from(rows), from)
    try {
      return await this.#predictions(z)
    } finally {
      z.dispose()
    }
  }

  /** Fused posterior means [k, l] of the rows, seen through the named modalities; the caller owns them. */
  #posteriorMeans(rows: Int32Array, from: readonly string[] | null): tf.Tensor2D {
    const seen = this.#seen(rows, from)
    const batch = this.#data.batch(rows, this.#model.shape.latent, { random: null, dropout: 0 })
    const fusion = tf.tensor2d(seen, [rows.length, this.#data.modalities.length])
    try {
      return tf.tidy(() => this.#model.posterior({ x: batch.x, fusion }).mean)
    } finally {
      fusion.dispose()
      disposeBatch(batch)
    }
  }

  /** Which modalities enter the fusion, [k, M]. Throws `refused` for a sample that has none of them. */
  #seen(rows: Int32Array, from: readonly string[] | null): Float32Array {
    const names = this.#data.modalities.map(({ name }) => name)
    const unknown = from?.find((name) => !names.includes(name))
    if (unknown !== undefined)
      throw refused(`The run did not use the modality "${unknown}".`, `It used ${names.join(', ')}.`, { field: 'from' })
    const mask = new Float32Array(rows.length * names.length)
    rows.forEach((row, i) => {
      const some = names.map((name, m) => this.#data.isPresent(m, row) && from?.includes(name) !== false)
      some.forEach((seen, m) => (mask[i * names.length + m] = seen ? 1 : 0))
      if (!some.includes(true))
        throw refused(
          `The sample ${this.#data.ids[row] ?? String(row)} has no ${(from ?? names).join(' and no ')}.`,
          'Choose another sample, or another modality to predict from.',
        )
    })
    return mask
  }

  /** Decoded modalities at z [k, l]; an expert's curve is the mean of its components' curves under p(a | z). */
  async #predictions(z: tf.Tensor2D): Promise<readonly Prediction[]> {
    const { experts, parameters } = this.#model
    const logJoint = experts.length > 0 ? await readLogJoint(this.#model, this.#temperature) : null
    const tensors = tf.tidy(() => {
      const decoded = this.#model.decode(z)
      if (logJoint === null) return decoded
      const weights = tf.softmax(
        componentEvidence(
          { mean: z, logVar: tf.fill([...z.shape], pointLogVar) },
          parameters.get('mixture/mean') as tf.Tensor as tf.Tensor2D,
          parameters.get('mixture/logVar') as tf.Tensor as tf.Tensor2D,
          tf.tensor1d(Float32Array.from(logJoint)),
        ),
      )
      return decoded.map((tensor, m) => {
        const expert = experts.find(({ modality }) => modality === this.#data.modalities[m]!.name)
        return expert === undefined ? tensor : tf.matMul(weights, expert.curves())
      })
    })
    const out: Prediction[] = []
    for (const [m, tensor] of tensors.entries()) {
      out.push({ modality: this.#data.modalities[m]!.name, values: Float32Array.from(await tensor.data<'float32'>()) })
      tensor.dispose()
    }
    return out
  }
}
