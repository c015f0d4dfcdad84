import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { openEngine } from '../../../src-main/compute/engine.ts'
import { tensorMemory } from '../../../src-main/compute/tensor-memory.ts'
import { datasetOf } from '../../../src-main/datasets/synthetic/dataset-of.ts'
import { makeSynthetic } from '../../../src-main/datasets/synthetic/registry.ts'
import { createSession } from '../../../src-main/models/causal-pima/trained.ts'

const mebibyte = 2 ** 20

setFlagsFromString('--expose-gc')
const collectGarbage = v.parse(v.function(), runInNewContext('gc'))

/** Bytes that are still held once the garbage is gone: JavaScript heap, buffers and the engine's memory. */
function held(): number {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

it('trains 2,000 steps with a flat number of tensors and flat memory', async () => {
  await openEngine('wasm')
  const dataset = datasetOf(await makeSynthetic('circles-line', { samples: 200, seed: 3 }))
  const session = createSession({
    method: 'causal-pima',
    dataset,
    config: {
      // 180 training samples in batches of 9: 20 steps an epoch, half of them in each phase.
      training: { pretrainEpochs: 50, epochs: 50, batchSize: 9, patience: 0 },
      mixture: { readings: 1, retries: 0 },
      dag: { restarts: 2, steps: 50 },
    },
    seed: 3,
  })
  const readings: { step: number; phase: string; tensors: number; engineBytes: number; held: number }[] = []
  for (;;) {
    const advance = await session.advance()
    if (advance.kind === 'finished') break
    if (advance.kind !== 'epoch') continue
    const { tensors, bytes } = tensorMemory()
    readings.push({
      step: session.step,
      phase: advance.metrics.phase,
      tensors,
      engineBytes: bytes,
      held: held(),
    })
  }
  expect(session.step).toBe(2000)
  session.dispose()
  expect(tf.memory().numTensors).toBe(0)

  for (const phase of ['pretrain', 'joint']) {
    // The first epoch of a phase brings its optimiser's moments.
    const [first, ...rest] = readings.filter((reading) => reading.phase === phase).slice(1)
    for (const reading of rest) {
      expect(reading.tensors).toBe(first!.tensors)
      expect(reading.engineBytes).toBe(first!.engineBytes)
      expect(reading.held - first!.held).toBeLessThan(16 * mebibyte)
    }
  }
})
