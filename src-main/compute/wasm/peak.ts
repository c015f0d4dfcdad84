/** The fastest this machine multiplies in WebAssembly: the bound on every kernel that is a matrix product. */
import * as tf from '@tensorflow/tfjs-core'
import { WasmDevice } from './device.ts'

const depth = 256
const tiles = 2000

/** One run of the micro-kernel over operands in the first-level cache: milliseconds and operations. The wasm engine is open. */
export function timeMicroKernel(): { readonly milliseconds: number; readonly operations: number } {
  const device = WasmDevice.of(tf.backend())
  const space = device.scratch(depth * (8 + 16) * 4 + 2048)
  const [a, b, c] = [space, space + depth * 32, space + depth * 96]
  const before = performance.now()
  const columns = device.kernels.repeatTile(tiles, depth, a, b, c, c + 1024)
  return { milliseconds: performance.now() - before, operations: 2 * 6 * columns * depth * tiles }
}
