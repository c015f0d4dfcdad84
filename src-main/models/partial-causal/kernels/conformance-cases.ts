/** The partial causal model's own ops as conformance cases: fused on one engine, composed on another, they have to agree. */
import * as tf from '@tensorflow/tfjs-core'
import { type ConformanceCase, opCase } from '../../../compute/conformance/case.ts'
import { contrastiveLoss } from '../loss.ts'
import type { LossForm } from '../loss-form.ts'

function lossCase(n: number, latent: number, form: LossForm): ConformanceCase {
  return opCase(
    `contrastive loss of ${n} pairs in ${latent} dimensions, ${form.geometry}, ${form.form}`,
    [[n, latent], [n, latent], []],
    (x, t, logTau) => contrastiveLoss(x as tf.Tensor2D, t as tf.Tensor2D, tf.mul(logTau, 0.3), form),
  )
}

export const partialCausalCases: readonly ConformanceCase[] = (['sphere', 'box'] as const).flatMap((geometry) =>
  (['paper', 'released'] as const).flatMap((form) => [
    lossCase(2, 1, { geometry, form }),
    lossCase(7, 3, { geometry, form }),
    lossCase(33, 5, { geometry, form }),
    lossCase(600, 2, { geometry, form }),
  ]),
)
