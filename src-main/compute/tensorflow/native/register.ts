/** Loads the TensorFlow that a person named and registers it as TensorFlow.js' backend `tensorflow`. */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import type { Named } from './named.ts'

/** What of the binding is asked here; the rest is tfjs-node's own business. */
const bindingSchema = v.object({ TF_Version: v.string(), isUsingGpuDevice: v.custom<() => boolean>((f) => typeof f === 'function') }) // prettier-ignore

interface KernelBackendModule {
  readonly NodeJSKernelBackend: new (binding: unknown, packageName: string) => tf.KernelBackend
}

function isBackendModule(module: unknown): module is KernelBackendModule {
  return typeof module === 'object' && module !== null && 'NodeJSKernelBackend' in module
}

export interface Registered {
  /** As the library itself tells it. */
  readonly version: string
  readonly gpu: boolean
}

/** Throws what the system's loader says where the library does not fit. */
export function registerNamed({ place }: Named): Registered {
  // What TensorFlow tells of the processor at each start helps nobody here; errors are still told.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'
  const require = createRequire(join(place, 'load.cjs'))
  Object.assign(globalThis, { [Symbol.for('causalscope.tfjs')]: tf })
  const binding: unknown = require(join(place, 'tfjs_binding.node'))
  if (!v.is(bindingSchema, binding)) throw new Error('tfjs_binding.node is no binding of TensorFlow')
  require(join(place, 'dist/register_all_kernels.js'))
  const module: unknown = require(join(place, 'dist/nodejs_kernel_backend.js'))
  if (!isBackendModule(module)) throw new Error('tfjs-node has no backend')
  const gpu = binding.isUsingGpuDevice()
  const name = gpu ? '@tensorflow/tfjs-node-gpu' : '@tensorflow/tfjs-node'
  tf.registerBackend('tensorflow', () => new module.NodeJSKernelBackend(binding, name), 3)
  return { version: binding.TF_Version, gpu }
}
