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
afterAll(() => rm(folder, { recursive: true, maxRetries: 10 }))

const config = {
  training: { pretrainEpochs: 2, epochs: 3, batchSize: 32, checkpointSteps: 3 },
  mixture: { readings: 2, retries: 0, assignmentRestarts: 4 },
  dag: { restarts: 2, steps: 40 },
}

async function newJob(name: string): Promise<TrainJob> {
  const runFolder = join(folder, name)
  await mkdir(runFolder)
  return {
    runId: 1,
    method: 'causal-pima',
    packFile: pack.file,
    packSha256: pack.sha256,
    runFolder,
    config,
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

  it('that goes on from a finished one begins with its model and ends alike every time, killed or not', async () => {
    const finished = await newJob('finished')
    const { run: earlier, events } = watch(finished, { entry })
    expect(await earlier.ended).toMatchObject({ type: 'done' })
    const last = events.findLast((event) => event.type === 'checkpoint')!.checkpoint
    const goingOn = async (name: string): Promise<TrainJob> => ({
      ...(await newJob(name)),
      config: { ...config, training: { ...config.training, epochs: 6 } },
      goesOnFrom: { run: 1, epoch: last.epoch, sha256: last.sha256, runFolder: finished.runFolder },
    })

    const once = await goingOn('once')
    const { run, events: told } = watch(once, { entry })
    expect(await run.ended).toMatchObject({ type: 'done' })
    // The earlier run's last epoch is told again, then three of its own.
    const epochs = told.flatMap((event) => (event.type === 'epoch' ? [event.metrics] : []))
    expect(epochs.map(({ epoch }) => epoch)).toEqual([4, 5, 6, 7])
    const before = events.flatMap((event) => (event.type === 'epoch' ? [event.metrics] : []))
    expect(epochs[0]).toEqual(before.at(-1))
    expect(epochs.at(-1)!.validationScore).toBeGreaterThan(before.at(-1)!.validationScore!)
    expect(told.find((event) => event.type === 'started')).toMatchObject({
      epochs: 8,
      provenance: { goesOnFrom: { run: 1, epoch: 5, sha256: last.sha256 } },
    })

    const again = await goingOn('again')
    const { run: killed, waitFor } = watch(again, { entry })
    await waitFor((event) => event.type === 'progress' && event.step >= 32)
    process.kill(killed.pid!, 'SIGKILL')
    expect(await killed.ended).toMatchObject({ type: 'failed' })
    expect(await watch({ ...again, resume: true }, { entry }).run.ended).toMatchObject({ type: 'done' })
    expect(await fingerprint(again.runFolder)).toBe(await fingerprint(once.runFolder))

    const wrong = { ...(await goingOn('wrong')), seed: 6 }
    expect(await watch(wrong, { entry }).run.ended).toMatchObject({ type: 'failed', error: { code: 'refused' } })
  })

  it('is refused in words when its configuration cannot be trained', async () => {
    const job: TrainJob = { ...(await newJob('refused')), method: 'causal-complete', config: { label: 'none' } }
    expect(await watch(job, { entry }).run.ended).toMatchObject({ type: 'failed', error: { code: 'refused' } })
  })
})
