/** What the open engine holds: a training that grows here leaks tensors. */
import * as tf from '@tensorflow/tfjs-core'

/** Tensors alive now and their bytes. Only after `openEngine`. */
export function tensorMemory(): { readonly tensors: number; readonly bytes: number } {
  const { numTensors, numBytes } = tf.memory()
  return { tensors: numTensors, bytes: numBytes }
}
