/** Adam on the wasm engine: parameter and running means are updated where they lie, in one pass over memory. */
import * as tf from '@tensorflow/tfjs-core'
import type { AdamRates, AdamState } from '../adam.ts'
import { WasmDevice } from './device.ts'

/** Gives a variable memory of its own when a tensor shares it, so that writing in place changes nothing else. */
export function own(device: WasmDevice, variable: tf.Variable): void {
  if (device.backend.refCount(variable.dataId) === 1) return
  tf.tidy(() => variable.assign(tf.add(variable, 0)))
}

export function adamStepInPlace(state: AdamState, gradient: tf.Tensor, rates: AdamRates): void {
  const device = WasmDevice.of(tf.backend())
  const { parameter, first, second } = state
  for (const variable of [parameter, first, second]) own(device, variable)
  device.kernels.adam(
    device.address(parameter),
    device.address(gradient),
    device.address(first),
    device.address(second),
    parameter.size,
    rates.rate,
    rates.beta1,
    rates.beta2,
    rates.scale,
    rates.epsilon,
  )
}
