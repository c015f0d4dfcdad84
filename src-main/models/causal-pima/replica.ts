/** The model as data-parallel training sees it: a part of a batch in, gradients and terms out. Worker threads load this. */
import type * as tf from '@tensorflow/tfjs-core'
import type { Replica } from '../../compute/data-parallel/replica.ts'
import { type BatchArrays, tensorsOf } from './batch.ts'
import { CausalPimaModel, disposeBatch, type JointOptions, type ModelShape } from './model.ts'

export type Aim =
  { readonly phase: 'pretrain'; readonly klWeight: number } | ({ readonly phase: 'joint' } & JointOptions)

/** Rows of a batch and what to make of them. */
export interface Part {
  readonly batch: BatchArrays
  readonly aim: Aim
}

export interface ReplicaInit {
  readonly shape: ModelShape
  readonly seed: number
}

/** The replica that a model is; it does not own the model. */
export function replicaOf(model: CausalPimaModel): Replica<Part> {
  return {
    parameters: new Map<string, tf.Variable>(model.parameters.entries()),
    gradients({ batch: arrays, aim }, combine) {
      const batch = { ...tensorsOf(arrays, model.shape), combine }
      const objective =
        aim.phase === 'pretrain' ? model.pretrainObjective(batch, aim.klWeight) : model.jointObjective(batch, aim)
      disposeBatch(batch)
      return objective
    },
    dispose: () => undefined,
  }
}

/** A worker's replica; its parameters are overwritten by the main thread's before the first step. */
export function createReplica({ shape, seed }: ReplicaInit): Replica<Part> {
  const model = new CausalPimaModel(shape, seed)
  return { ...replicaOf(model), dispose: () => model.dispose() }
}
