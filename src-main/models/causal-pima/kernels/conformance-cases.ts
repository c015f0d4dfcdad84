/** causalPIMA's own ops as conformance cases: fused on one engine, composed on another, they have to agree. */
import * as tf from '@tensorflow/tfjs-core'
import { type ConformanceCase, opCase } from '../../../compute/conformance/case.ts'
import { jointDistribution } from '../dag/dag.ts'
import { clusterEvidence, componentEvidence } from '../elbo.ts'

/** Responsibilities of a cluster move with differences of evidence: draws are kept small, as near an optimum. */
function evidenceCase(n: number, latent: number, components: number): ConformanceCase {
  const fixed = (shape: [number, number], scale: number): tf.Tensor2D =>
    tf.tensor2d(
      Float32Array.from({ length: shape[0] * shape[1] }, (_, i) => scale * Math.sin(1 + 7 * i)),
      shape,
    )
  return opCase(
    `cluster evidence of ${n} posteriors in ${latent} dimensions under ${components} components`,
    [[n, latent], [n, latent], [components]],
    (mean, logVar, logJoint) =>
      clusterEvidence(
        componentEvidence(
          { mean: mean as tf.Tensor2D, logVar: logVar as tf.Tensor2D },
          fixed([components, latent], 1),
          fixed([components, latent], 0.5),
          logJoint as tf.Tensor1D,
        ),
      ),
    { domain: (x) => 0.5 * x },
  )
}

function jointCase(categories: readonly number[], temperature: number): ConformanceCase {
  const nodes = categories.length
  const outcomes = categories.reduce((product, k) => product * k, 1)
  return opCase(
    `joint distribution of ${categories.join(' x ')} categories at temperature ${temperature}`,
    [[nodes], [nodes, nodes], [nodes, outcomes]],
    (scores, metric, logits) => {
      const { logJoint, edges } = jointDistribution(
        scores as tf.Tensor1D,
        metric as tf.Tensor2D,
        logits as tf.Tensor2D,
        categories,
        temperature,
      )
      return tf.concat([logJoint, tf.reshape(edges, [-1])])
    },
  )
}

export const causalPimaCases: readonly ConformanceCase[] = [
  evidenceCase(1, 1, 1),
  evidenceCase(5, 3, 8),
  evidenceCase(17, 4, 33),
  jointCase([2], 1),
  jointCase([2, 2, 2], 1),
  jointCase([3, 2, 4], 0.5),
]
