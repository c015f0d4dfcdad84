/**
 * The terms of the ELBO (causal-pima.md sections 2 and 3), in nats, per sample. Everything stays in log space. Every
 * function returns tensors that its caller owns.
 */
import * as tf from '@tensorflow/tfjs-core'
import { mixtureEvidence } from './kernels/mixture-evidence.ts'
import type { Gaussian } from '../nn/gaussian.ts'
import { logSumExp, squaredError } from '../../compute/differentiable.ts'

const log2pi = Math.log(2 * Math.PI)

/** f, added to the decoder's optimal variance: a perfect reconstruction would have none. */
const varianceFloor = 1e-6

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
  return tf.tidy(() => gaussianLogLikelihood(squaredError(x, prediction), x.size / x.shape[0], noiseLogVar))
}

/** log N of `values` values with the squared error `error`: [n], [] -> [n] */
function gaussianLogLikelihood(error: tf.Tensor1D, values: number, logVar: tf.Tensor): tf.Tensor1D {
  const scaled = tf.mul(error, tf.exp(tf.neg(logVar)))
  return tf.mul(tf.add(scaled, tf.mul(tf.add(logVar, log2pi), values)), -0.5)
}

/** Means over the rows of one part of a batch in, over the whole batch out. */
export type Combine = (means: readonly number[]) => readonly number[]

/**
 * log N(x; xhat, sigma^2 I) with sigma^2 = v = MSE + f, the batch's mean squared error over the samples that have the
 * modality, kept off 0 by f: [n, ...], [n, ...] -> [n].
 *
 * Of the batch's mean, -1/2 (MSE / v + log v) a value, the derivative by MSE is -1/2 (1/v - MSE/v^2 + 1/v)
 * = -1/2 (1 + f/v) / v: what goes through sigma^2 cancels but for f. The gradient is that, and therefore holds for sums
 * and means over the samples that have the modality; errors are squared once and v needs no gradient of its own.
 *
 * @param present [n], 1 where a sample has the modality; null when all do.
 * @param combine where `x` is one part of a batch: v is that of the whole batch.
 */
export function logReconstructionAtOptimum(
  x: tf.Tensor,
  prediction: tf.Tensor,
  present: tf.Tensor1D | null,
  combine?: Combine,
): tf.Tensor1D {
  const values = x.size / x.shape[0]
  const op = tf.customGrad((squared, save) => {
    const error = squared as tf.Tensor1D
    const variance =
      combine === undefined ? meanSquare(error, present, values) : combinedMeanSquare(error, present, values, combine)
    ;(save as tf.GradSaveFunc)([variance])
    return {
      value: gaussianLogLikelihood(error, values, tf.log(variance)),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const precision = tf.div(1, saved[0]!)
        return [tf.mul(dy, tf.mul(precision, tf.add(tf.mul(precision, -0.5 * varianceFloor), -0.5)))]
      },
    }
  })
  return tf.tidy(() => op(squaredError(x, prediction)))
}

/** v of a whole batch from its squared errors: [n] -> [] */
function meanSquare(error: tf.Tensor1D, present: tf.Tensor1D | null, values: number): tf.Tensor {
  const mse =
    present === null
      ? tf.div(tf.mean(error), values)
      : tf.div(tf.sum(tf.mul(error, present)), tf.mul(tf.maximum(tf.sum(present), 1), values))
  return tf.add(mse, varianceFloor)
}

/** v of the batch of which these rows are a part: [n] -> [] */
function combinedMeanSquare(
  error: tf.Tensor1D,
  present: tf.Tensor1D | null,
  values: number,
  combine: Combine,
): tf.Tensor {
  const mean = (tensor: tf.Tensor): number => tf.mean(tensor).dataSync<'float32'>()[0]!
  const own = present === null ? [mean(error), 1] : [mean(tf.mul(error, present)), mean(present)]
  const [square, rows] = combine(own)
  return tf.scalar(square! / (Math.max(rows!, 1e-12) * values) + varianceFloor)
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
  const fused = mixtureEvidence(posterior.mean, posterior.logVar, componentMean, componentLogVar, logJointOutcomes)
  if (fused !== null) return fused
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
