/** What each thread of data-parallel training holds, and what it is asked for. */
import type * as tf from '@tensorflow/tfjs-core'

/** One thread's answer to its part of a batch: means over its rows. */
export interface PartGradients {
  /** By the keys of `Replica.parameters`; a parameter without a gradient stays as it is. The caller disposes them. */
  readonly gradients: Readonly<Record<string, tf.Tensor>>
  /** Numbers to report, of one length on every thread. The caller disposes them. */
  readonly terms: tf.Tensor1D
}

/** A copy of the model on one thread. All threads build theirs from the same data, so parameters agree in order and size. */
export interface Replica<Part> {
  readonly parameters: ReadonlyMap<string, tf.Variable>
  /**
   * `combine` waits for all threads and gives the means over the whole batch for those over this part; every thread has to
   * call it equally often, with equally many numbers.
   */
  gradients(part: Part, combine: (means: readonly number[]) => readonly number[]): PartGradients
  dispose(): void
}

/** A module that worker threads load: it exports `createReplica`. Init and parts travel by structured clone. */
export interface ReplicaModule<Init, Part> {
  readonly createReplica: (init: Init) => Replica<Part> | Promise<Replica<Part>>
}

/** Adam's settings of one parameter at one step. */
export interface Update {
  readonly learningRate: number
  /** Steps this parameter has made, this one included. */
  readonly step: number
}

export interface Moments {
  readonly first: Float32Array
  readonly second: Float32Array
}
