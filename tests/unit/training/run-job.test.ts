import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSampleArrays } from '../../../src-main/datasets/sample-arrays.ts'
import { runJob, type TrainerParts } from '../../../src-main/training/run-job.ts'
import { TrainingControl } from '../../../src-main/training/training-control.ts'
import type { TrainerEvent, TrainJob } from '../../../src-shared/domain/run.ts'
import { fakeJob, fakeParts } from './fake-job.ts'

let folder: string
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'job-'))))
afterEach(() => rm(folder, { recursive: true }))

async function perform(job: TrainJob, parts: TrainerParts = fakeParts, control = new TrainingControl()) {
  const events: TrainerEvent[] = []
  const emit = (event: TrainerEvent): void => void events.push(event)
  events.push(await runJob(job, { parts, control, emit, onSession: () => undefined }))
  return events
}

/** Runs the job until it is interrupted before its first step. */
async function leaveCheckpoint(job: TrainJob): Promise<void> {
  const control = new TrainingControl()
  control.interrupt()
  expect((await perform(job, fakeParts, control)).at(-1)).toEqual({ type: 'interrupted', step: 0 })
}

describe('a job', () => {
  it('says how its numbers were made, and leaves a result that names its arrays by hash', async () => {
    const job = await fakeJob(folder, {})
    const events = await perform(job)
    expect(events[0]).toMatchObject({
      type: 'started',
      epochs: 4,
      stepsPerEpoch: 10,
      provenance: {
        application: expect.stringMatching(/^Causalscope \d/) as string,
        engine: 'cpu',
        seed: 7,
        datasetSha256: job.packSha256,
      },
    })
    const done = events.at(-1)
    expect(done).toMatchObject({ type: 'done', edges: [['shape', 'size']] })
    const result: unknown = JSON.parse(await readFile(join(job.runFolder, 'result.json'), 'utf8'))
    expect(result).toMatchObject({ method: 'causal-pima', sampleArrays: { file: 'samples.npz' } })
    const { ids } = await readSampleArrays(join(job.runFolder, 'samples.npz'))
    expect(ids).toEqual(['a', 'b', 'c', 'd'])
    expect(await readdir(job.runFolder)).not.toContain('trainer.lock')
  })

  it('refuses a pack that is not the one the run was made for', async () => {
    const job = await fakeJob(folder, {})
    await truncate(job.packFile, 100)
    await expect(perform(job)).rejects.toThrow(/changed after it was written/)
  })

  it('refuses to start a new run over the checkpoints of another', async () => {
    const job = await fakeJob(folder, {})
    await leaveCheckpoint(job)
    await expect(perform(job)).rejects.toMatchObject({ code: 'refused' })
  })

  it.each([
    ['seed', { seed: 8 }],
    ['configuration', { config: { epochs: 5 } }],
    ['method', { method: 'partial-causal' as const }],
  ])('refuses to resume with another %s', async (what, change) => {
    const job = await fakeJob(folder, {})
    await leaveCheckpoint(job)
    await expect(perform({ ...job, ...change, resume: true })).rejects.toThrow(`made with another ${what}`)
  })

  it('takes a configuration with its keys in another order for the same', async () => {
    const job = await fakeJob(folder, { epochs: 2, stepsPerEpoch: 3 })
    await leaveCheckpoint(job)
    const events = await perform({ ...job, config: { stepsPerEpoch: 3, epochs: 2 }, resume: true })
    expect(events.at(-1)).toMatchObject({ type: 'done' })
  })

  it('warns when a resumed run must go on with another engine', async () => {
    const job = await fakeJob(folder, {})
    await leaveCheckpoint(job)
    const openEngine: TrainerParts['openEngine'] = () => Promise.resolve({ name: 'wasm', detail: '', threads: 2 })
    const events = await perform({ ...job, resume: true }, { ...fakeParts, openEngine })
    expect(events).toContainEqual({
      type: 'log',
      level: 'warning',
      message: expect.stringMatching(/trained on cpu with 1 threads and goes on with wasm and 2/) as string,
    })
  })

  it('starts again, and says so, when there is nothing to resume', async () => {
    const job = await fakeJob(folder, {})
    const events = await perform({ ...job, resume: true })
    expect(events[0]).toMatchObject({ type: 'log', level: 'warning' })
    expect(events.at(-1)).toMatchObject({ type: 'done' })
  })

  it('takes over the lock of a process that is no more, and clears its half-written files away', async () => {
    const job = await fakeJob(folder, {})
    await writeFile(join(job.runFolder, 'trainer.lock'), '999999999')
    await writeFile(join(job.runFolder, '.checkpoint-000001-step-0.ckpt.tmp-999999999'), 'half')
    await perform(job)
    expect((await readdir(job.runFolder)).filter((name) => /lock|tmp/.test(name))).toEqual([])
  })

  it('lets two jobs into one folder only one after the other', async () => {
    const job = await fakeJob(folder, {})
    const outcomes = await Promise.allSettled([perform(job), perform({ ...job, resume: true })])
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1)
    expect(await readdir(job.runFolder)).not.toContain('trainer.lock')
  })
})
