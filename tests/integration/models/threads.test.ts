import { beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../../../src-main/compute/engine.ts'
import type { Dataset } from '../../../src-main/datasets/dataset.ts'
import { datasetOf } from '../../../src-main/datasets/synthetic/dataset-of.ts'
import { makeSynthetic } from '../../../src-main/datasets/synthetic/registry.ts'
import { createSession } from '../../../src-main/models/causal-pima/trained.ts'
import type { Snapshot, TrainingSession } from '../../../src-main/models/session.ts'

const config = {
  training: { pretrainEpochs: 2, epochs: 2, batchSize: 64, patience: 0, validationFraction: 0 },
  mixture: { readings: 1, retries: 0 },
  dag: { restarts: 2, steps: 20 },
}

const open = (data: Dataset, threads: number): TrainingSession =>
  createSession({ method: 'causal-pima', dataset: data, config, seed: 1, threads })

/** ELBOs of the epochs and the parameters at the end. */
interface Course {
  readonly elbos: number[]
  readonly end: Snapshot
  /** Before each piece of work, with the epochs told until then. */
  readonly stops: { readonly snapshot: Snapshot; readonly epochs: number }[]
}

async function train(session: TrainingSession, stopping = false): Promise<Course> {
  const elbos: number[] = []
  const stops: Course['stops'] = []
  for (;;) {
    if (stopping) stops.push({ snapshot: structuredClone(await session.snapshot()), epochs: elbos.length })
    const advance = await session.advance()
    if (advance.kind === 'epoch') elbos.push(advance.metrics.score)
    if (advance.kind === 'finished') break
  }
  const end = await session.snapshot()
  session.dispose()
  return { elbos, end, stops }
}

describe('a session on two threads', () => {
  beforeAll(() => openEngine('wasm'))

  it('repeats to the bit and comes to what one thread comes to', async () => {
    // 210 samples: the last batch of an epoch is short and odd.
    const data = datasetOf(await makeSynthetic('circles-line', { seed: 1, samples: 210 }))
    const two = await train(open(data, 2))
    const again = await train(open(data, 2))
    expect(again.elbos).toEqual(two.elbos)
    expect(again.end.arrays).toEqual(two.end.arrays)
    const one = await train(open(data, 1))
    one.elbos.forEach((elbo, epoch) =>
      expect(Math.abs(elbo - two.elbos[epoch]!)).toBeLessThan(1e-3 * (1 + Math.abs(elbo))),
    )
  })
})

describe('a session stopped after any step', () => {
  beforeAll(() => openEngine('wasm'))

  it.each([1, 2])(
    'ends with the same bits on %i threads',
    async (threads) => {
      const data = datasetOf(await makeSynthetic('circles-line', { seed: 1, samples: 100 }))
      const whole = await train(open(data, threads), true)
      const steps = whole.stops.map(({ snapshot }) => /"step":(\d+)/.exec(JSON.stringify(snapshot.state))![1])
      // Each step of the two epochs of pre-training and of the two joint ones, of two batches each.
      expect(new Set(steps).size).toBe(9)
      for (const [at, { snapshot, epochs }] of whole.stops.entries()) {
        const resumed = open(data, threads)
        await resumed.restore(snapshot)
        const rest = await train(resumed)
        expect(rest.elbos, `stopped before piece ${at}`).toEqual(whole.elbos.slice(epochs))
        expect(rest.end.arrays, `stopped before piece ${at}`).toEqual(whole.end.arrays)
      }
      // Threads that wait for each other on busy cores take minutes for what takes seconds on idle ones.
    },
    600_000,
  )
})
