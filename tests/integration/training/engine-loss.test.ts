/** The real engines and method: an engine that fails in mid-run is replaced in the same process. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openEngine } from '../../../src-main/compute/engine.ts'
import { tensorMemory } from '../../../src-main/compute/tensor-memory.ts'
import { writePack } from '../../../src-main/datasets/pack.ts'
import { datasetOf } from '../../../src-main/datasets/synthetic/dataset-of.ts'
import { makeSynthetic } from '../../../src-main/datasets/synthetic/registry.ts'
import { createSession } from '../../../src-main/models/methods.ts'
import type { TrainingSession } from '../../../src-main/models/session.ts'
import { runJob } from '../../../src-main/training/run-job.ts'
import { TrainingControl } from '../../../src-main/training/training-control.ts'
import type { TrainerEvent } from '../../../src-shared/domain/run.ts'
import { failed } from '../../../src-shared/errors.ts'

let folder: string
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'engine-loss-'))))
afterAll(() => rm(folder, { recursive: true, maxRetries: 10 }))

const config = {
  training: { pretrainEpochs: 1, epochs: 1, batchSize: 16, checkpointSteps: 2 },
  mixture: { readings: 1, retries: 0, assignmentRestarts: 2 },
  dag: { restarts: 2, steps: 20 },
}

/** The last event, the ELBO of each epoch by its index, and the engines in turn. */
async function train(name: string, faultAtStep: number) {
  const packFile = join(folder, `${name}.pack`)
  const runFolder = join(folder, name)
  await mkdir(runFolder)
  const { sha256 } = await writePack(packFile, datasetOf(await makeSynthetic('circles-line', { samples: 40, seed: 1 })))
  let first: TrainingSession | null = null
  const events: TrainerEvent[] = []
  const done = await runJob(
    {
      ...{ runId: 1, method: 'causal-pima', packFile, packSha256: sha256, runFolder, config, seed: 5 },
      ...{ engine: 'wasm', threads: 1, resume: false },
    },
    {
      control: new TrainingControl(),
      emit: (event) => events.push(event),
      onSession: (session) => (first ??= session),
      parts: {
        async openEngine(choice, options) {
          const engine = await openEngine(choice, options)
          const fault = () => (first !== null && first.step >= faultAtStep ? failed('The device was lost.') : null)
          return engine.name === 'wasm' ? { ...engine, fault } : engine
        },
        createSession,
        tensorMemory,
      },
    },
  )
  const elbos = new Map(
    events.flatMap((e) => (e.type === 'epoch' ? [[e.metrics.epoch, e.metrics.score] as const] : [])),
  )
  const engines = events.flatMap((e) => (e.type === 'started' ? [e.provenance.engine] : []))
  return { done, elbos, engines }
}

it('goes on from the last checkpoint on the next engine to the numbers of the first', async () => {
  const whole = await train('whole', Infinity)
  const moved = await train('moved', 3)
  expect(whole.engines).toEqual(['wasm'])
  expect(moved.engines).toEqual(['wasm', 'cpu'])
  expect(moved.done).toMatchObject({ type: 'done' })
  for (const [epoch, elbo] of whole.elbos)
    expect(Math.abs(moved.elbos.get(epoch)! - elbo), `epoch ${epoch}`).toBeLessThan(1e-2 * (1 + Math.abs(elbo)))
})
