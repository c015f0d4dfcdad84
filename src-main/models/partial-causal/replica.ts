/** The model as data-parallel training sees it: a part of a batch in, gradients and losses out. Worker threads load this. */
import * as tf from '@tensorflow/tfjs-core'
import type { Replica } from '../../compute/data-parallel/replica.ts'
import { type Part, tensorsOf } from './batch.ts'
import { type ModelShape, PartialCausalModel } from './model.ts'

export interface ReplicaInit {
  readonly shape: ModelShape
  readonly seed: number
}

/** The replica that a model is; it does not own the model. */
export function replicaOf(model: PartialCausalModel): Replica<Part> {
  return {
    parameters: new Map<string, tf.Variable>(model.parameters.entries()),
    gradients(part, combine) {
      const x = tensorsOf(part, model.shape.modalities)
      const answer = model.gradients(x, { rows: part.whole, start: part.start, combine })
      tf.dispose(x)
      return answer
    },
    dispose: () => undefined,
  }
}

/** A worker's replica; its parameters are overwritten by the main thread's before the first step. */
export function createReplica({ shape, seed }: ReplicaInit): Replica<Part> {
  const model = new PartialCausalModel(shape, seed)
  return { ...replicaOf(model), dispose: () => model.dispose() }
}
