/** Starts each component's expert parameters from its mean curve, so that the joint phase begins near the law. */
import * as tf from '@tensorflow/tfjs-core'
import { Adam } from '../../nn/adam.ts'
import { observationMeans } from '../full-pass.ts'
import type { CausalPimaModel } from '../model.ts'
import type { TrainingData } from '../training-data.ts'

const steps = 400
const learningRate = 0.03

/**
 * Least squares of expert(t; theta_a) to the mean curve of component a by Adam.
 * @param memberships [rows, C]
 */
export async function fitExperts(
  model: CausalPimaModel,
  data: TrainingData,
  rows: Int32Array,
  memberships: Float32Array,
): Promise<void> {
  for (const expert of model.experts) {
    const m = model.shape.modalities.findIndex((modality) => modality.name === expert.modality)
    const means = observationMeans(data, m, rows, memberships, model.components)
    const target = tf.tensor2d(Float32Array.from(means), [model.components, means.length / model.components])
    const adam = new Adam()
    const entries = model.parameters.entries(`expert/${expert.modality}/`).filter(([name]) => !name.endsWith('/logVar'))
    for (let step = 0; step < steps; step++) {
      const { value, grads } = tf.variableGrads(
        () => tf.mean(tf.squaredDifference(expert.curves(), target)),
        entries.map(([, variable]) => variable),
      )
      value.dispose()
      for (const [name, variable] of entries) {
        const gradient = grads[variable.name]!
        adam.update(name, variable, gradient, learningRate)
        gradient.dispose()
      }
      await data.breathe()
    }
    adam.dispose()
    target.dispose()
  }
}
