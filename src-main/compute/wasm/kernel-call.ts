/** What a registered kernel is called with, and how one of ours takes the place of the backend's own. */
import * as tf from '@tensorflow/tfjs-core'
import { WasmDevice } from './device.ts'

export type KernelArguments = Parameters<tf.KernelFunc>[0]

/** A kernel's work on a device; null hands the call on to the backend's own kernel. */
export type DeviceKernel = (device: WasmDevice, call: KernelArguments) => tf.TensorInfo | null

export function input({ inputs }: KernelArguments, name: string): tf.TensorInfo {
  const tensor = inputs[name]
  if (tensor === undefined) throw new Error(`The kernel's input ${name} is missing.`)
  return tensor
}

/** A kernel that the backend has none of by that name. */
export type OwnKernel = (device: WasmDevice, call: KernelArguments) => tf.TensorInfo | tf.TensorInfo[]

/** Registers kernels of our own on the wasm backend, by name. */
export function addKernels(kernels: Readonly<Record<string, OwnKernel>>): void {
  for (const [kernelName, kernel] of Object.entries(kernels))
    tf.registerKernel({
      kernelName,
      backendName: 'wasm',
      kernelFunc: (call) => kernel(WasmDevice.of(call.backend), call),
    })
}

/** Registers `kernel` under `name` on the wasm backend, with the kernel registered so far as what it hands on to. */
export function replaceKernel(name: string, kernel: DeviceKernel): void {
  const original = tf.getKernelsForBackend('wasm').find(({ kernelName }) => kernelName === name)
  if (original !== undefined) tf.unregisterKernel(name, 'wasm')
  tf.registerKernel({
    kernelName: name,
    backendName: 'wasm',
    ...(original?.setupFunc && { setupFunc: original.setupFunc }),
    ...(original?.disposeFunc && { disposeFunc: original.disposeFunc }),
    kernelFunc(call) {
      const result = kernel(WasmDevice.of(call.backend), call)
      if (result !== null) return result
      if (original === undefined) throw new Error(`The WebAssembly engine has no ${name} for these arguments.`)
      return original.kernelFunc(call)
    },
  })
}
