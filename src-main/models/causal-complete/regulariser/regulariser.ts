/**
 * Causal sufficiency and necessity as a regulariser of any representation with a linear classifier on it: features of the
 * modalities, the representation, the classifier and the labels in; the loss, its terms and the published risk out
 * (causal-complete.md sections 2 and 6). It knows nothing of what made the features.
 */
import * as tf from '@tensorflow/tfjs-core'
import { type Classifier, logitsOf, logProbability } from './classifier.ts'
import { counterfactual, type CounterfactualForm } from './counterfactual.ts'
import { instrumentOf, type InstrumentForm, type Projections } from './instrument.ts'
import { divergence, necessityTerm, riskOf, squaredDifference } from './terms.ts'

/** What the terms are multiplied by; 0 switches a term off, and what it alone needs is not computed. */
export interface TermWeights {
  /** Of -log(1 - p_y(Zbar)). */
  readonly necessity: number
  /** lambda_v */
  readonly instrument: number
  /** lambda_fe */
  readonly feasibility: number
}

export interface RegulariserForm {
  /**
   * `paper`: KL(softmax Z || softmax v) and KL(softmax Z || softmax Zbar). `released`: KL(softmax v || softmax Z) and the
   * squared difference of Z and Zbar.
   */
  readonly terms: 'paper' | 'released'
  readonly weights: TermWeights
  readonly instrument: InstrumentForm
  readonly counterfactual: CounterfactualForm
}

export interface Regularised {
  /** x, [n, M, d] */
  readonly features: tf.Tensor3D
  /** [n, M], 1 where a sample has the modality; null when all have all. */
  readonly mask: tf.Tensor2D | null
  /** Z, [n, h] */
  readonly representation: tf.Tensor2D
  readonly classifier: Classifier
  /** One-hot, [n, C] */
  readonly labels: tf.Tensor2D
}

/** In this order wherever the numbers stand in a row. */
export const termNames = [
  'crossEntropy',
  'necessity',
  'instrument',
  'feasibility',
  'sufficiencyRisk',
  'necessityRisk',
] as const

export interface Regularisation {
  /** What is minimised, []. */
  readonly loss: tf.Scalar
  /** By `termNames`, [6], unweighted; terms that are switched off are 0. */
  readonly terms: tf.Tensor1D
}

/** The caller owns both tensors; within its tidy all else goes. */
export function regularise(
  { features, mask, representation: z, classifier, labels }: Regularised,
  projections: Projections,
  { terms, weights, instrument, counterfactual: twin }: RegulariserForm,
): Regularisation {
  const zero = tf.scalar(0)
  const logits = logitsOf(z, classifier)
  const crossEntropy = tf.neg(tf.mean<tf.Scalar>(logProbability(logits, labels)))
  const moved = counterfactual(z, classifier, labels, twin)
  const twinLogits = logitsOf(moved, classifier)
  const necessity = weights.necessity === 0 ? zero : necessityTerm(twinLogits, labels)
  const instrumentTerm = (): tf.Scalar => {
    const { value } = instrumentOf(features, projections, instrument, mask)
    return terms === 'paper' ? divergence(z, value) : divergence(value, z)
  }
  const aboutInstrument = weights.instrument === 0 ? zero : instrumentTerm()
  const feasibilityTerm = (): tf.Scalar => (terms === 'paper' ? divergence(z, moved) : squaredDifference(z, moved))
  const feasibility = weights.feasibility === 0 ? zero : feasibilityTerm()
  const weighted = [
    [necessity, weights.necessity],
    [aboutInstrument, weights.instrument],
    [feasibility, weights.feasibility],
  ] as const
  const loss = weighted.reduce<tf.Scalar>(
    (sum, [term, weight]) => (weight === 0 ? sum : tf.add(sum, weight === 1 ? term : tf.mul(term, weight))),
    crossEntropy,
  )
  const risk = riskOf(logits, twinLogits, labels)
  const all = [crossEntropy, necessity, aboutInstrument, feasibility, risk.sufficiency, risk.necessity]
  return { loss, terms: tf.stack<tf.Tensor>(all) as tf.Tensor1D }
}
