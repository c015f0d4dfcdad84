/** The WebAssembly engine: always there, the default where no GPU is. */
import * as tf from '@tensorflow/tfjs-core'
import { failed } from '../../../src-shared/errors.ts'
import type { EngineEntry } from '../registry.ts'
import { WasmDevice } from './device.ts'
import { registerTrainingKernels } from './kernels.ts'

export const wasmEntry: EngineEntry = {
  name: 'wasm',
  threaded: true,
  probe: () => Promise.resolve({ present: true, device: 'WebAssembly SIMD', software: false }),
  async open() {
    await import('@tensorflow/tfjs-backend-wasm')
    registerTrainingKernels()
    const opened = await tf.setBackend('wasm')
    if (!opened) throw failed('The WebAssembly engine could not be started.', 'Install the program again.')
    return `WebAssembly, ${WasmDevice.of(tf.backend()).detail}`
  },
  fault: () => null,
}
