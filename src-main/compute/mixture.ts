/** Terms of a Gaussian mixture as one op each, where an engine has them; null where they are composed of other ops. */
import * as tf from '@tensorflow/tfjs-core'
import { logSumExpRowsKernel, mixtureEvidenceKernel } from './wasm/mixture-kernels.ts'

/**
 * log p(a) - 1/2 sum_j [log 2 pi sigma_aj^2 + (s_j^2 + (mu_j - mu_aj)^2) / sigma_aj^2], [n, C], with gradients by the
 * posterior and by log p(a) (causal-pima.md section 2).
 * @param mean mu, [n, l]
 * @param logVar log s^2, [n, l]
 * @param componentMean mu_a, [C, l]
 * @param componentLogVar log sigma_a^2, [C, l]
 * @param logJoint log p(a), [C]
 */
export function mixtureEvidence(
  mean: tf.Tensor2D,
  logVar: tf.Tensor2D,
  componentMean: tf.Tensor2D,
  componentLogVar: tf.Tensor2D,
  logJoint: tf.Tensor1D,
): tf.Tensor2D | null {
  if (tf.getBackend() !== 'wasm') return null
  const inputs = { mean, logVar, componentMean, componentLogVar, logJoint }
  return tf.engine().runKernel(mixtureEvidenceKernel, inputs)
}

/** log sum_c exp x_c over the last axis: [n, C] -> [n] */
export function logSumExpRows(x: tf.Tensor2D): tf.Tensor1D | null {
  return tf.getBackend() === 'wasm' ? tf.engine().runKernel(logSumExpRowsKernel, { x }) : null
}
