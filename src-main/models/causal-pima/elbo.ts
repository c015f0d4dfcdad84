/**
 * The terms of the ELBO (causal-pima.md sections 2 and 3), in nats, per sample. Everything stays in log space. Every
 * function returns tensors that its caller owns.
 */
import * as tf from '@tensorflow/tfjs-core'
import { logSumExp, squaredError } from '../nn/differentiable.ts'

const log2pi = Math.log(2 * Math.PI)

export const minimumLogVariance = -8
export const maximumLogVariance = 4

/** N(mean, diag exp(logVar)) for each row. */
export interface Gaussian {
  /** [n, l] */
  readonly mean: tf.Tensor2D
  /** [n, l] */
  readonly logVar: tf.Tensor2D
}

/**
 * Product of the experts that a sample has: s^-2 = sum_m mask_m s_m^-2, mu = s^2 sum_m mask_m mu_m s_m^-2.
 * @param mask [n, M], 1 where the modality enters; null when every sample has the only expert.
 */
export function productOfExperts(experts: readonly Gaussian[], mask: tf.Tensor2D | null): Gaussian {
  if (mask === null) {
    if (experts.length !== 1) throw new Error('several experts need a mask')
    return experts[0]!
  }
  const precisions = experts.map((expert, m) =>
    tf.mul<tf.Tensor2D>(tf.exp(tf.neg(expert.logVar)), tf.slice(mask, [0, m], [mask.shape[0], 1])),
  )
  const total = tf.addN<tf.Tensor2D>(precisions)
  const weighted = tf.addN(experts.map((expert, m) => tf.mul(expert.mean, precisions[m]!)))
  return { mean: tf.div<tf.Tensor2D>(weighted, total), logVar: tf.neg<tf.Tensor2D>(tf.log<tf.Tensor2D>(total)) }
}

/** z = mu + s * eps: [n, l] */
export function reparameterise(posterior: Gaussian, noise: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => tf.add(posterior.mean, tf.mul(tf.exp(tf.mul(posterior.logVar, 0.5)), noise)))
}

/** log N(x; xhat, sigma^2 I) over all values of a sample: [n, ...], [n, ...], [] -> [n] */
export function logReconstruction(x: tf.Tensor, prediction: tf.Tensor, noiseLogVar: tf.Tensor): tf.Tensor1D {
  return tf.tidy(() => {
    const values = x.size / x.shape[0]
    const scaled = tf.mul(squaredError(x, prediction), tf.exp(tf.neg(noiseLogVar)))
    return tf.mul(tf.add(scaled, tf.mul(tf.add(noiseLogVar, log2pi), values)), -0.5)
  })
}

/** log of the batch's optimal sigma^2, its mean squared error over the samples that have the modality: [] */
export function optimalNoiseLogVar(x: tf.Tensor, prediction: tf.Tensor, present: tf.Tensor1D | null): tf.Tensor {
  return tf.tidy(() => {
    const values = x.size / x.shape[0]
    const error = squaredError(x, prediction)
    const mse =
      present === null
        ? tf.div(tf.mean(error), values)
        : tf.div(tf.sum(tf.mul(error, present)), tf.mul(tf.maximum(tf.sum(present), 1), values))
    return tf.log(tf.add(mse, 1e-6))
  })
}

/**
 * As optimalNoiseLogVar where `x` is one part of a batch: `combine` gives the means over the whole batch. At its optimum
 * the ELBO does not change with sigma^2, so no gradient has to go through it.
 */
export function combinedNoiseLogVar(
  x: tf.Tensor,
  prediction: tf.Tensor,
  present: tf.Tensor1D | null,
  combine: (means: readonly number[]) => readonly number[],
): tf.Tensor {
  const [error, share] = tf.tidy(() => {
    const errors = squaredError(x, prediction)
    const kept = present === null ? errors : tf.mul(errors, present)
    return [tf.mean(kept).dataSync()[0]!, present === null ? 1 : tf.mean(present).dataSync()[0]!] as const
  })
  const [sum, rows] = combine([error, share])
  const values = x.size / x.shape[0]
  return tf.scalar(Math.log(sum! / (Math.max(rows!, 1e-12) * values) + 1e-6))
}

/**
 * A_a without expert terms: log p(a) - 1/2 sum_j [log 2 pi sigma_aj^2 + (s_j^2 + (mu_j - mu_aj)^2) / sigma_aj^2].
 * @param componentMean [C, l]
 * @param componentLogVar [C, l]
 * @param logJoint [C]
 * @returns [n, C]
 */
export function componentEvidence(
  posterior: Gaussian,
  componentMean: tf.Tensor2D,
  componentLogVar: tf.Tensor2D,
  logJointOutcomes: tf.Tensor1D,
): tf.Tensor2D {
  return tf.tidy(() => {
    const latent = componentMean.shape[1]
    const distance = tf.square(tf.sub(tf.expandDims(posterior.mean, 1), tf.expandDims(componentMean, 0)))
    const expected = tf.add(distance, tf.expandDims(tf.exp(posterior.logVar), 1))
    const precision = tf.expandDims(tf.exp(tf.neg(componentLogVar)), 0)
    const quadratic = tf.sum(tf.mul(expected, precision), 2)
    const normaliser = tf.add(tf.sum(componentLogVar, 1), latent * log2pi)
    return tf.sub(tf.expandDims(tf.sub(logJointOutcomes, tf.mul(normaliser, 0.5)), 0), tf.mul(quadratic, 0.5))
  })
}

/** Cluster evidence, logsumexp_a A_a: [n, C] -> [n] */
export function clusterEvidence(evidence: tf.Tensor2D): tf.Tensor1D {
  return logSumExp(evidence)
}

/** gamma = softmax(A): [n, C] -> [n, C] */
export function responsibilities(evidence: tf.Tensor2D): tf.Tensor2D {
  return tf.softmax(evidence)
}

/**
 * The published single-sample form: gamma ∝ p(a) N(z; mu_a, sigma_a^2) with z drawn from q, then
 * sum_a gamma_a (A_a - log gamma_a), which is never above the cluster evidence.
 * @param sampledEvidence log p(a) + log N(z; ...), [n, C]
 */
export function sampledClusterEvidence(evidence: tf.Tensor2D, sampledEvidence: tf.Tensor2D): tf.Tensor1D {
  return tf.tidy(() => {
    const logGamma = tf.logSoftmax(sampledEvidence)
    return tf.sum(tf.mul(tf.exp(logGamma), tf.sub(evidence, logGamma)), 1)
  })
}

/** 1/2 sum_j (1 + log 2 pi s_j^2): [n, l] -> [n] */
export function posteriorEntropy(posterior: Gaussian): tf.Tensor1D {
  return tf.tidy(() => tf.mul(tf.add(tf.sum(posterior.logVar, 1), posterior.logVar.shape[1] * (1 + log2pi)), 0.5))
}

/** KL(N(mu, s^2) || N(0, 1)) of the plain VAE of pre-training: [n] */
export function standardNormalDivergence(posterior: Gaussian): tf.Tensor1D {
  return tf.tidy(() => {
    const terms = tf.sub(tf.add(tf.square(posterior.mean), tf.exp(posterior.logVar)), tf.add(posterior.logVar, 1))
    return tf.mul(tf.sum(terms, 1), 0.5)
  })
}
