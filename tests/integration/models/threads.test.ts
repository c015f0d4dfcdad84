import { beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../../../src-main/compute/engine.ts'
import type { Dataset } from '../../../src-main/datasets/dataset.ts'
import { datasetOf } from '../../../src-main/datasets/synthetic/dataset-of.ts'
import { makeSynthetic } from '../../../src-main/datasets/synthetic/registry.ts'
import { createSession } from '../../../src-main/models/methods.ts'
import type { Snapshot, TrainingSession } from '../../../src-main/models/session.ts'

const config = {
  training: { pretrainEpochs: 2, epochs: 1, batchSize: 64, patience: 0, validationFraction: 0 },
  mixture: { readings: 1, retries: 0 },
  dag: { restarts: 2, steps: 20 },
}

const open = (data: Dataset, threads: number): TrainingSession =>
  createSession({ method: 'causal-pima', dataset: data, config, seed: 1, threads })

interface Course {
  readonly elbos: number[]
  /** After five advances, in the middle of an epoch. */
  readonly snapshot: Snapshot | null
}

async function train(session: TrainingSession): Promise<Course> {
  const elbos: number[] = []
  let snapshot: Snapshot | null = null
  for (let i = 0; ; i++) {
    if (i === 5) snapshot = await session.snapshot()
    const advance = await session.advance()
    if (advance.kind === 'epoch') elbos.push(advance.metrics.elbo)
    if (advance.kind === 'finished') break
  }
  session.dispose()
  return { elbos, snapshot }
}

describe('a session on two threads', () => {
  beforeAll(() => openEngine('wasm'))

  it('repeats to the bit, also after a resume, and comes to what one thread comes to', async () => {
    // 210 samples: the last batch of an epoch is short and odd.
    const data = datasetOf(await makeSynthetic('circles-line', { seed: 1, samples: 210 }))
    const two = await train(open(data, 2))
    const again = await train(open(data, 2))
    expect(again.elbos).toEqual(two.elbos)
    const resumed = open(data, 2)
    await resumed.restore(two.snapshot!)
    const rest = await train(resumed)
    expect(rest.elbos).toEqual(two.elbos.slice(1))
    const one = await train(open(data, 1))
    one.elbos.forEach((elbo, epoch) =>
      expect(Math.abs(elbo - two.elbos[epoch]!)).toBeLessThan(1e-3 * (1 + Math.abs(elbo))),
    )
  })
})
