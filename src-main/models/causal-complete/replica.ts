/** The model as data-parallel training sees it: a part of a batch in, gradients and terms out. Worker threads load this. */
import type * as tf from '@tensorflow/tfjs-core'
import type { Replica } from '../../compute/data-parallel/replica.ts'
import { type BatchArrays, disposeBatch, tensorsOf } from './batch.ts'
import { CausalCompleteModel, type ModelShape } from './model.ts'

export interface ReplicaInit {
  readonly shape: ModelShape
  readonly seed: number
}

/** The replica that a model is; it does not own the model. */
export function replicaOf(model: CausalCompleteModel): Replica<BatchArrays> {
  const { modalities, classes } = model.shape
  return {
    parameters: new Map<string, tf.Variable>(model.parameters.entries()),
    gradients(part) {
      const batch = tensorsOf(part, modalities, classes)
      const answer = model.gradients(batch)
      disposeBatch(batch)
      return answer
    },
    dispose: () => undefined,
  }
}

/** A worker's replica; its parameters are overwritten by the main thread's before the first step. */
export function createReplica({ shape, seed }: ReplicaInit): Replica<BatchArrays> {
  const model = new CausalCompleteModel(shape, seed)
  return { ...replicaOf(model), dispose: () => model.dispose() }
}
