/** How the parameters move: every term of the loss is a mean over rows, so each thread takes its part of a batch. */
import type { Breathe } from '../../statistics/piecewise.ts'
import { type Descent as AnyDescent, openDescent as open } from '../nn/descent.ts'
import { type BatchArrays, cutBatch, disposeBatch, tensorsOf } from './batch.ts'
import type { CausalCompleteModel } from './model.ts'
import { type ReplicaInit, replicaOf } from './replica.ts'

export type Descent = AnyDescent<BatchArrays>

export function openDescent(model: CausalCompleteModel, seed: number, threads: number, breathe?: Breathe): Descent {
  const init: ReplicaInit = { shape: model.shape, seed }
  const { modalities, classes } = model.shape
  return open<BatchArrays, BatchArrays>(
    {
      parameters: model.parameters,
      gradients: (arrays) => {
        const batch = tensorsOf(arrays, modalities, classes)
        const answer = model.gradients(batch)
        disposeBatch(batch)
        return answer
      },
      isMoved: (name) => model.isMoved(name),
      replica: replicaOf(model),
      url: new URL('./replica.ts', import.meta.url),
      init,
      cut: (arrays, count) => cutBatch(arrays, count).map((part) => ({ part, share: part.rows / arrays.rows })),
    },
    threads,
    breathe,
  )
}
