/** The plain JavaScript backend: slow, and the reference that every other engine is tested against. */
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import type { EngineEntry } from './registry.ts'

export const cpuEntry: EngineEntry = {
  name: 'cpu',
  threaded: false,
  probe: () => Promise.resolve({ present: true, device: 'plain JavaScript', software: false }),
  async open() {
    await tf.setBackend('cpu')
    return 'plain JavaScript'
  },
  fault: () => null,
}
