/** How the parameters move: each thread encodes its rows, all see every output, and the loss is that of the whole batch. */
import * as tf from '@tensorflow/tfjs-core'
import type { Breathe } from '../../statistics/piecewise.ts'
import { type Descent as AnyDescent, openDescent as open } from '../nn/descent.ts'
import { type BatchArrays, cutBatch, type Part, tensorsOf } from './batch.ts'
import type { PartialCausalModel } from './model.ts'
import { type ReplicaInit, replicaOf } from './replica.ts'

export type Descent = AnyDescent<BatchArrays>

/** @param batch rows of every batch */
export function openDescent(
  model: PartialCausalModel,
  seed: number,
  batch: number,
  threads: number,
  breathe?: Breathe,
): Descent {
  const init: ReplicaInit = { shape: model.shape, seed }
  const { modalities, config } = model.shape
  return open<BatchArrays, Part>(
    {
      parameters: model.parameters,
      gradients: (arrays) => {
        const x = tensorsOf(arrays, modalities)
        const answer = model.gradients(x)
        tf.dispose(x)
        return answer
      },
      isMoved: (name) => model.isMoved(name),
      replica: replicaOf(model),
      url: new URL('./replica.ts', import.meta.url),
      init,
      cut: (arrays, count) => cutBatch(arrays, count).map((part) => ({ part, share: part.rows / arrays.rows })),
      combined: modalities.length * batch * config.latent.size,
    },
    threads,
    breathe,
  )
}
