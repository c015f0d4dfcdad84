/**
 * The twin branch: the representation moved along the gradient of the cross-entropy until the label is lost
 * (causal-complete.md section 2). The step is taken for given: gradients go through Z and the shared classifier alone.
 */
import * as tf from '@tensorflow/tfjs-core'
import { logSumExp } from '../../../compute/differentiable.ts'
import { type Classifier, logitsOf } from './classifier.ts'

export interface CounterfactualForm {
  /** `away` from the true label; `towards` it is the sign that the paper prints. */
  readonly direction: 'away' | 'towards'
  /**
   * Length of the first step; it doubles, at most `doublings` times, until the label is lost. Null: one step along the
   * gradient as it is, as in the authors' code.
   */
  readonly radius: number | null
  readonly doublings: number
  /** epsilon: most that KL(softmax Z || softmax Zbar) may come to, nats. A step beyond is halved until it is within. */
  readonly bound: number
}

/** Gradients shorter than this have no direction. */
const shortest = 1e-12
/** A first step beyond the bound is halved at most so often. */
const halvings = 8

/** Zbar = Z + rho grad / |grad|, [n, h]; `labels` one-hot, [n, C] */
export function counterfactual(
  z: tf.Tensor2D,
  classifier: Classifier,
  labels: tf.Tensor2D,
  form: CounterfactualForm,
): tf.Tensor2D {
  const step = tf.customGrad((...inputs) => {
    const [at, weight, bias, save] = inputs as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D, tf.GradSaveFunc]
    save([at, weight, bias])
    return {
      value: displacement(at, { weight, bias }, labels, form),
      gradFunc: (_: tf.Tensor, saved: tf.Tensor[]) => saved.map((input) => tf.zerosLike(input)),
    }
  })
  return tf.add(z, step(z, classifier.weight, classifier.bias))
}

/** d CE / dZ of each row is (p - y) W^T: [n, h] */
function gradientOf(logits: tf.Tensor2D, { weight }: Classifier, labels: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(tf.sub<tf.Tensor2D>(tf.softmax(logits), labels), weight, false, true)
}

function displacement(
  z: tf.Tensor2D,
  classifier: Classifier,
  labels: tf.Tensor2D,
  form: CounterfactualForm,
): tf.Tensor2D {
  return tf.tidy(() => {
    const logits = logitsOf(z, classifier)
    const ascent = gradientOf(logits, classifier, labels)
    const gradient = form.direction === 'away' ? ascent : tf.neg(ascent)
    if (form.radius === null) return gradient
    const length = tf.sqrt(tf.sum(tf.square(gradient), 1, true))
    const unit = tf.div<tf.Tensor2D>(gradient, tf.maximum(length, shortest))
    return tf.mul(unit, tf.expandDims(radii(z, unit, logits, classifier, labels, form, form.radius), 1))
  })
}

/**
 * rho of each row, [n]: the first step doubled until the label is lost. The classifier is linear, so logits move along a line
 * and where the label is lost follows at once; the divergence grows with rho, so what would have stopped on the way is found
 * by going back.
 */
function radii(
  z: tf.Tensor2D,
  unit: tf.Tensor2D,
  logits: tf.Tensor2D,
  { weight }: Classifier,
  labels: tf.Tensor2D,
  { doublings, bound }: CounterfactualForm,
  first: number,
): tf.Tensor1D {
  const lost = lostAt(logits, tf.matMul(unit, weight), labels)
  const doubled = tf.ceil(tf.div(tf.log(tf.maximum(tf.div(lost, first), 1)), Math.LN2))
  let radius = tf.mul<tf.Tensor1D>(tf.exp(tf.mul(tf.minimum(doubled, doublings), Math.LN2)), first)
  if (!Number.isFinite(bound)) return radius
  const divergence = divergenceAlong(z, unit)
  for (let k = 0; k < doublings + halvings; k++) {
    const beyond = tf.greater(divergence(radius), bound)
    // Most rows stop at once. Reading one number costs less than a round, but for a device that cannot be waited for.
    if (tf.getBackend() !== 'webgpu' && tf.any(beyond).dataSync()[0] === 0) break
    radius = tf.mul(radius, tf.sub(1, tf.mul(tf.cast(beyond, 'float32'), 0.5)))
  }
  return radius
}

/** Smallest rho at which another class is as likely as the label, [n]; 1e9 where there is none, at most 0 where it is lost. */
function lostAt(logits: tf.Tensor2D, slope: tf.Tensor2D, labels: tf.Tensor2D): tf.Tensor1D {
  const own = (values: tf.Tensor2D): tf.Tensor => tf.sum(tf.mul(values, labels), 1, true)
  const lead = tf.sub(own(logits), logits)
  const closing = tf.sub(slope, own(slope))
  const never = tf.fill(logits.shape, 1e9)
  return tf.min(tf.where(tf.greater(closing, shortest), tf.div(lead, tf.maximum(closing, shortest)), never), 1)
}

/** KL(softmax Z || softmax(Z + rho u)) = log sum exp(Z + rho u) - log sum exp(Z) - rho softmax(Z).u as a function of rho. */
function divergenceAlong(z: tf.Tensor2D, unit: tf.Tensor2D): (radius: tf.Tensor1D) => tf.Tensor1D {
  const start = logSumExp(z)
  const drift = tf.sum<tf.Tensor1D>(tf.mul(tf.softmax(z), unit), 1)
  return (radius) => {
    const moved = logSumExp(tf.add(z, tf.mul(unit, asColumn(radius))))
    return tf.sub(tf.sub(moved, start), tf.mul(radius, drift))
  }
}

function asColumn(values: tf.Tensor1D): tf.Tensor2D {
  return tf.reshape(values, [-1, 1])
}

/** 1 where another class is at least as likely as the label, [n]. */
export function isLost(logits: tf.Tensor2D, labels: tf.Tensor2D): tf.Tensor1D {
  const own = tf.sum(tf.mul(logits, labels), 1)
  const best = tf.max(tf.sub(logits, tf.mul(labels, 1e9)), 1)
  return tf.cast<tf.Tensor1D>(tf.lessEqual(own, best), 'float32')
}
