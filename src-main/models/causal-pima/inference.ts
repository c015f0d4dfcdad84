/** A trained causalPIMA model answering: latent points decoded, samples rebuilt from some of their modalities. */
import * as tf from '@tensorflow/tfjs-core'
import type { CausalPimaConfig } from '../../../src-shared/methods/causal-pima/config.ts'
import { refused } from '../../../src-shared/errors.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import type { GivenSamples, Inference, LatentPosterior, Prediction } from '../inference.ts'
import type { Snapshot } from '../session.ts'
import { componentEvidence } from './elbo.ts'
import { readLogJoint } from './dag/graph-step.ts'
import { CausalPimaModel, disposeBatch } from './model.ts'
import { modelShape } from './model-shape.ts'
import { openSnapshot } from './snapshot.ts'
import { TrainingData } from './training-data.ts'

/** log sigma^2 of a posterior without width: a point. */
const pointLogVar = -1e4

/** The model as its training left it, with the data that it was trained on. */
export function trainedModel(
  dataset: Dataset,
  config: CausalPimaConfig,
  seed: number,
  snapshot: Snapshot,
): { readonly data: TrainingData; readonly model: CausalPimaModel } {
  const { parameters } = openSnapshot(snapshot)
  const data = new TrainingData(dataset, config, seed)
  const [, latent = 0] = parameters['mixture/mean']?.shape ?? []
  const likelihoodWeights = data.modalities.map(() => 1)
  // Nothing is asked here of samples in which a node was set.
  const model = new CausalPimaModel(modelShape(data, config, { latent, likelihoodWeights, regimes: null }), seed)
  model.parameters.write(parameters)
  return { data, model }
}

export class CausalPimaInference implements Inference {
  readonly #data: TrainingData
  readonly #model: CausalPimaModel
  readonly #temperature: number

  constructor(dataset: Dataset, config: CausalPimaConfig, seed: number, snapshot: Snapshot) {
    const { data, model } = trainedModel(dataset, config, seed, snapshot)
    this.#data = data
    this.#model = model
    this.#temperature = config.dag.temperature
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

  async encode(samples: readonly number[] | GivenSamples, from: readonly string[] | null): Promise<LatentPosterior> {
    const [mean, sd] =
      'count' in samples ? this.#givenPosterior(samples, from) : this.#posterior(Int32Array.from(samples), from)
    try {
      return {
        mean: Float32Array.from(await mean.data<'float32'>()),
        sd: Float32Array.from(await sd.data<'float32'>()),
      }
    } finally {
      tf.dispose([mean, sd])
    }
  }

  async reconstruct(rows: readonly number[], from: readonly string[] | null): Promise<readonly Prediction[]> {
    const [z, sd] = this.#posterior(Int32Array.from(rows), from)
    sd.dispose()
    try {
      return await this.#predictions(z)
    } finally {
      z.dispose()
    }
  }

  /** Fused posterior means and deviations, [k, l] each, of the rows, seen through the named modalities; the caller owns them. */
  #posterior(rows: Int32Array, from: readonly string[] | null): [mean: tf.Tensor2D, sd: tf.Tensor2D] {
    const seen = this.#seen(rows, from)
    const batch = this.#data.batch(rows, this.#model.shape.latent, { random: null, dropout: 0 })
    const fusion = tf.tensor2d(seen, [rows.length, this.#data.modalities.length])
    try {
      return this.#fused(batch.x, fusion)
    } finally {
      fusion.dispose()
      disposeBatch(batch)
    }
  }

  /** The same of samples that are not in the data set. */
  #givenPosterior(
    { count, modalities }: GivenSamples,
    from: readonly string[] | null,
  ): [mean: tf.Tensor2D, sd: tf.Tensor2D] {
    const given = new Map(modalities.map(({ modality, values }) => [modality, values]))
    const seen = this.#data.modalities.map(({ name }) => given.has(name) && from?.includes(name) !== false)
    if (!seen.includes(true))
      throw refused(
        `None of ${[...given.keys()].join(', ') || 'no modality'} is what this run was trained on.`,
        `It used ${this.#data.modalities.map(({ name }) => name).join(', ')}.`,
        { field: 'from' },
      )
    const x = this.#data.modalities.map(({ name, shape }) => {
      const zeros = new Float32Array(count * shape.reduce((product, n) => product * n, 1))
      return tf.tensor(given.get(name) ?? zeros, [count, ...shape])
    })
    const fusion = tf.tensor2d(Array.from({ length: count }, () => seen.map((one) => (one ? 1 : 0))))
    try {
      return this.#fused(x, fusion)
    } finally {
      tf.dispose([...x, fusion])
    }
  }

  #fused(x: readonly tf.Tensor[], fusion: tf.Tensor2D): [mean: tf.Tensor2D, sd: tf.Tensor2D] {
    return tf.tidy(() => {
      const { mean, logVar } = this.#model.posterior({ x, fusion })
      return [mean, tf.exp(tf.mul(logVar, 0.5))] as [tf.Tensor2D, tf.Tensor2D]
    })
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
