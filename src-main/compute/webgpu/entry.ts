/** WebGPU: the GPU of any vendor. */
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { type CausalscopeError, failed } from '../../../src-shared/errors.ts'
import type { EngineEntry } from '../registry.ts'
import { probeAdapter } from './adapter.ts'

interface Device {
  readonly lost: Promise<unknown>
  addEventListener(type: 'uncapturederror', listen: (event: unknown) => void): void
}

const backendSchema = v.object({
  device: v.custom<Device>((value) => typeof value === 'object' && value !== null && 'lost' in value),
})
const lostSchema = v.object({ message: v.optional(v.string(), '') })
const errorSchema = v.object({ error: v.object({ message: v.string() }) })

const driverAdvice = 'If it happens again, update the driver of the GPU or train on another engine.'

let fault: CausalscopeError | null = null

/** Remembers what befalls the device: both kinds of trouble are told in events, long after the op that caused them. */
function watch(): void {
  const { device } = v.parse(backendSchema, tf.backend())
  void device.lost.then((info) => {
    const reason = v.parse(lostSchema, info).message.split('\n')[0]!
    fault ??= failed(`The GPU was lost: ${reason || 'its driver gave no reason'}.`, driverAdvice)
  })
  device.addEventListener('uncapturederror', (event) => {
    const { message } = v.parse(errorSchema, event).error
    const memory = /memory|exceeds|too large|max.*size/i.test(message)
    const hint = memory ? 'Reduce training.batchSize or the size of the images.' : driverAdvice
    fault ??= failed(`The GPU refused the work: ${message.split('\n')[0]!}`, hint)
  })
}

export const webgpuEntry: EngineEntry = {
  name: 'webgpu',
  threaded: false,
  async probe() {
    const probe = await probeAdapter()
    if (!probe.found) return { present: false, reason: probe.reason }
    return { present: true, device: probe.device, software: probe.software }
  },
  async open() {
    const probe = await probeAdapter()
    if (!probe.found) throw failed(`There is no GPU: ${probe.reason}.`, 'Train on another engine.')
    await import('@tensorflow/tfjs-backend-webgpu')
    if (!(await tf.setBackend('webgpu'))) throw failed('The WebGPU engine could not be started.', 'Use another engine.')
    watch()
    return `WebGPU, ${probe.device}`
  },
  fault: () => fault,
}
