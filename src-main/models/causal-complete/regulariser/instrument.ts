/**
 * The instrument V: self-attention across the modalities of a sample, with a penalty on the distance of query and key
 * (causal-complete.md section 2).
 */
import * as tf from '@tensorflow/tfjs-core'

/** W_Q, W_K and W_V, each [d, h]. */
export interface Projections {
  readonly query: tf.Tensor2D
  readonly key: tf.Tensor2D
  readonly value: tf.Tensor2D
}

export interface InstrumentForm {
  /** lambda_d, 0 or more. */
  readonly distanceWeight: number
  /** What v is of the V_i: their mean, or their sum as in the authors' code. */
  readonly over: 'mean' | 'sum'
}

export interface Instrument {
  /** alpha, [n, M, M]: how much modality i takes from modality j. */
  readonly attention: tf.Tensor3D
  /** v, [n, h] */
  readonly value: tf.Tensor2D
}

/** Added to the score of a modality that a sample lacks: its weight rounds to 0. */
const never = -1e9

/**
 * s_ij = Q_i.K_j / sqrt(h) - lambda_d |Q_i - K_j|^2, alpha = softmax_j s, V_i = sum_j alpha_ij x_j W_V, v = mean_i V_i.
 * The penalty's |Q_i|^2 is the same for every j and falls out of the softmax, so it is not computed; and features are weighed
 * before they are projected, which is once a sample instead of once a modality.
 * @param features x, [n, M, d]
 * @param mask [n, M], 1 where a sample has the modality; null when all have all
 */
export function instrumentOf(
  features: tf.Tensor3D,
  { query, key, value }: Projections,
  { distanceWeight, over }: InstrumentForm,
  mask: tf.Tensor2D | null,
): Instrument {
  const [n, modalities, d] = features.shape
  const h = query.shape[1]
  const flat = tf.reshape<tf.Rank.R2>(features, [n * modalities, d])
  const project = (matrix: tf.Tensor2D): tf.Tensor3D => tf.reshape(tf.matMul(flat, matrix), [n, modalities, h])
  const [q, k] = [project(query), project(key)]
  let scores = tf.mul<tf.Tensor3D>(tf.matMul(q, k, false, true), 1 / Math.sqrt(h) + 2 * distanceWeight)
  if (distanceWeight > 0)
    scores = tf.sub(scores, tf.reshape(tf.mul(tf.sum(tf.square(k), 2), distanceWeight), [n, 1, modalities]))
  if (mask !== null) scores = tf.add(scores, tf.reshape(tf.mul(tf.sub(1, mask), never), [n, 1, modalities]))
  const attention = tf.softmax<tf.Tensor3D>(scores)
  const weighed = tf.sum<tf.Tensor2D>(tf.mul(features, tf.expandDims(taken(attention, over, mask), 2)), 1)
  return { attention, value: tf.matMul(weighed, value) }
}

/** V_i, [n, M, h]; rows of absent modalities mean nothing. */
export function instrumentsOf(features: tf.Tensor3D, value: tf.Tensor2D, { attention }: Instrument): tf.Tensor3D {
  const [n, modalities, d] = features.shape
  const projected = tf.matMul(tf.reshape<tf.Rank.R2>(features, [n * modalities, d]), value)
  return tf.matMul(attention, tf.reshape<tf.Rank.R3>(projected, [n, modalities, value.shape[1]]))
}

/** What v takes from each modality: mean or sum of alpha_ij over the modalities i that a sample has, [n, M]. */
function taken(attention: tf.Tensor3D, over: InstrumentForm['over'], mask: tf.Tensor2D | null): tf.Tensor2D {
  if (mask === null) return over === 'mean' ? tf.mean(attention, 1) : tf.sum(attention, 1)
  const [n, modalities] = mask.shape
  const present = tf.sum<tf.Tensor2D>(tf.mul(attention, tf.reshape(mask, [n, modalities, 1])), 1)
  return over === 'sum' ? present : tf.div(present, tf.maximum(tf.sum(mask, 1, true), 1))
}
