/**
 * The WebAssembly backend's memory, in which every tensor of the engine lives. A typed view dies when that memory
 * grows: take it after allocating, never keep it.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'

const moduleSchema = v.object({ asm: v.object({ memory: v.instance(WebAssembly.Memory) }) })
const memories = new WeakMap<BackendWasm, WebAssembly.Memory>()

export function memoryOf(backend: BackendWasm): WebAssembly.Memory {
  const known = memories.get(backend)
  if (known !== undefined) return known
  const { memory } = v.parse(moduleSchema, backend.wasm).asm
  memories.set(backend, memory)
  return memory
}

/** Byte address of a tensor's first value. */
export function addressOf(backend: BackendWasm, tensor: tf.TensorInfo): number {
  return backend.dataIdMap.get(tensor.dataId).memoryOffset
}

/** The values of a float tensor, in place. */
export function floats(backend: BackendWasm, tensor: tf.TensorInfo): Float32Array {
  return new Float32Array(memoryOf(backend).buffer, addressOf(backend, tensor), sizeOf(tensor))
}

/** The values of an integer tensor, in place. */
export function integers(backend: BackendWasm, tensor: tf.TensorInfo): Int32Array {
  return new Int32Array(memoryOf(backend).buffer, addressOf(backend, tensor), sizeOf(tensor))
}

export function sizeOf(tensor: tf.TensorInfo): number {
  return tensor.shape.reduce((product, n) => product * n, 1)
}
