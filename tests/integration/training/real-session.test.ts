/** The real trainer process, engine and method: killed and resumed, a run ends with the numbers of an uninterrupted one. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writePack } from '../../../src-main/datasets/pack.ts'
import { datasetOf } from '../../../src-main/datasets/synthetic/dataset-of.ts'
import { makeSynthetic } from '../../../src-main/datasets/synthetic/registry.ts'
import type { TrainJob } from '../../../src-shared/domain/run.ts'
import { fingerprint } from './fingerprint.ts'
import { watch } from './watched-run.ts'

const entry = join(import.meta.dirname, '../../../src-main/training/trainer-process.ts')

let folder: string
let pack: { file: string; sha256: string }
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'real-'))
  const file = join(folder, 'circles-line.pack')
  const dataset = datasetOf(await makeSynthetic('circles-line', { samples: 160, seed: 1 }))
  const { sha256 } = await writePack(file, dataset)
  pack = { file, sha256 }
})
afterAll(() => rm(folder, { recursive: true }))

async function newJob(name: string): Promise<TrainJob> {
  const runFolder = join(folder, name)
  await mkdir(runFolder)
  return {
    runId: 1,
    method: 'causal-pima',
    packFile: pack.file,
    packSha256: pack.sha256,
    runFolder,
    config: {
      training: { pretrainEpochs: 2, epochs: 3, batchSize: 32, checkpointSteps: 3 },
      mixture: { readings: 2, retries: 0, assignmentRestarts: 4 },
      dag: { restarts: 2, steps: 40 },
    },
    seed: 5,
    engine: 'wasm',
    threads: 1,
    resume: false,
  }
}

describe('a causalPIMA run', () => {
  it('that is killed in each phase and resumed ends with the numbers of an uninterrupted one', async () => {
    const whole = await newJob('whole')
    const uninterrupted = watch(whole, { entry })
    expect(await uninterrupted.run.ended).toMatchObject({ type: 'done' })

    const job = await newJob('killed')
    let resume = false
    // Steps of pre-training and of the joint phase, between two checkpoints; five steps make an epoch.
    for (const step of [4, 13, 22]) {
      const { run, waitFor } = watch({ ...job, resume }, { entry })
      await waitFor((event) => event.type === 'progress' && event.step >= step)
      process.kill(run.pid!, 'SIGKILL')
      expect(await run.ended).toMatchObject({ type: 'failed', error: { details: { signal: 'SIGKILL' } } })
      resume = true
    }
    expect(await watch({ ...job, resume }, { entry }).run.ended).toMatchObject({ type: 'done' })
    expect(await fingerprint(job.runFolder)).toBe(await fingerprint(whole.runFolder))
  })

  it('is refused in words when its configuration cannot be trained', async () => {
    const job: TrainJob = { ...(await newJob('refused')), method: 'causal-complete', config: { label: 'none' } }
    expect(await watch(job, { entry }).run.ended).toMatchObject({ type: 'failed', error: { code: 'refused' } })
  })
})
