/**
 * An operation that a model brings along: its kernels for the WebAssembly engine and the gradients that go with them. The
 * engine knows nothing of it but this; on other engines the model composes it of TensorFlow.js ops.
 */
import * as tf from '@tensorflow/tfjs-core'
import { addKernels, type OwnKernel } from './wasm/kernel-call.ts'

export interface FusedOp {
  /** The kernel that is the op itself; each kernel has a name of its own among all. */
  readonly name: string
  /** All kernels by name, those of the gradients included. */
  readonly kernels: Readonly<Record<string, OwnKernel>>
  readonly gradient: Omit<tf.GradConfig, 'kernelName'>
}

/**
 * Registers the op and returns the call of it: its outputs, or null on engines where it has to be composed. The caller
 * owns the outputs.
 */
export function fusedOp({
  name,
  kernels,
  gradient,
}: FusedOp): (inputs: tf.NamedTensorMap, attributes?: tf.NamedAttrMap) => readonly tf.Tensor[] | null {
  addKernels(kernels)
  tf.registerGradient({ kernelName: name, ...gradient })
  return (inputs, attributes) => {
    if (tf.getBackend() !== 'wasm') return null
    const outputs: tf.Tensor | tf.Tensor[] = tf.engine().runKernel(name, inputs, attributes)
    return Array.isArray(outputs) ? outputs : [outputs]
  }
}
