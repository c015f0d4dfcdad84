/** The relaxed Bayesian network over joint outcomes as one op, where an engine has it. */
import * as tf from '@tensorflow/tfjs-core'
import { relaxedJointKernel } from './wasm/relaxed-joint-kernel.ts'

export interface RelaxedJoint {
  /** log p(a), [C] */
  readonly logJoint: tf.Tensor1D
  /** E, [L, L] */
  readonly edges: tf.Tensor2D
}

/**
 * log p(a) and E from scores xi [L], metric b [L, L] and logits W [L, C] (causal-pima.md section 1); null on engines where
 * it is composed of other ops.
 * @param categories K_l, whose product is C
 */
export function relaxedJoint(
  scores: tf.Tensor1D,
  metric: tf.Tensor2D,
  logits: tf.Tensor2D,
  categories: readonly number[],
  temperature: number,
): RelaxedJoint | null {
  if (tf.getBackend() !== 'wasm') return null
  const attributes = { categories: [...categories], temperature }
  const outputs: tf.Tensor[] = tf.engine().runKernel(relaxedJointKernel, { scores, metric, logits }, attributes)
  return { logJoint: outputs[0] as tf.Tensor1D, edges: outputs[1] as tf.Tensor2D }
}
