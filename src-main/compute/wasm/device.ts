/** The wasm backend as the training kernels see it: its memory, its tensors' addresses, and scratch that only grows. */
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { loadKernels, loadModelKernels, type TrainingKernels } from './kernel-module.ts'

const moduleSchema = v.object({
  asm: v.object({
    memory: v.instance(WebAssembly.Memory),
    malloc: v.custom<(bytes: number) => number>((value) => typeof value === 'function'),
    free: v.custom<(address: number) => void>((value) => typeof value === 'function'),
  }),
})

const devices = new WeakMap<object, WasmDevice>()

export class WasmDevice {
  readonly backend: BackendWasm
  readonly kernels: TrainingKernels
  /** The instructions in use. */
  readonly detail: string
  readonly #memory: WebAssembly.Memory
  readonly #malloc: (bytes: number) => number
  readonly #free: (address: number) => void
  #scratch = 0
  #scratchBytes = 0

  private constructor(backend: BackendWasm) {
    this.backend = backend
    const { memory, malloc, free } = v.parse(moduleSchema, backend.wasm).asm
    this.#memory = memory
    // Addresses above 2 GiB come back as negative 32-bit numbers.
    this.#malloc = (bytes) => malloc(bytes) >>> 0
    this.#free = free
    const { kernels, detail } = loadKernels(memory, this.#malloc, free)
    this.kernels = kernels
    this.detail = detail
  }

  /** The device of a backend, made on first use. */
  static of(backend: object): WasmDevice {
    let device = devices.get(backend)
    if (device === undefined) {
      if (!(backend instanceof BackendWasm)) throw new Error('A WebAssembly kernel was called on another backend.')
      device = new WasmDevice(backend)
      devices.set(backend, device)
    }
    return device
  }

  /** The kernels that a model brings, to be loaded once, as models/NAME/kernels/assembly exports them. */
  modelKernels<T>(name: string, schema: v.GenericSchema<unknown, T>): T {
    return loadModelKernels(name, schema, this.#memory)
  }

  /** Byte address of a tensor's first value; it stays where it is until the tensor is disposed. */
  address(tensor: tf.TensorInfo): number {
    return this.backend.dataIdMap.get(tensor.dataId).memoryOffset
  }

  /** A new float tensor, its values undefined. */
  make(shape: number[]): tf.TensorInfo {
    return this.backend.makeOutput(shape, 'float32')
  }

  /** Address of at least `bytes` of scratch, 64-byte aligned, valid until the next call. */
  scratch(bytes: number): number {
    if (bytes > this.#scratchBytes) {
      if (this.#scratch !== 0) this.#free(this.#scratch)
      this.#scratch = this.#malloc(bytes + 64)
      this.#scratchBytes = bytes
    }
    return Math.ceil(this.#scratch / 64) * 64
  }

  /** A float tensor's values in place. The view dies when the memory grows: take it after allocating. */
  floats(tensor: tf.TensorInfo): Float32Array {
    return new Float32Array(this.#memory.buffer, this.address(tensor), sizeOf(tensor.shape))
  }

  /** An integer tensor's values in place, as `floats`. */
  integers(tensor: tf.TensorInfo): Int32Array {
    return new Int32Array(this.#memory.buffer, this.address(tensor), sizeOf(tensor.shape))
  }
}

export function sizeOf(shape: readonly number[]): number {
  let size = 1
  for (let i = 0; i < shape.length; i++) size *= shape[i]!
  return size
}
