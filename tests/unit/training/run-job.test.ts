import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writePack } from '../../../src-main/datasets/pack.ts'
import { readSampleArrays } from '../../../src-main/datasets/sample-arrays.ts'
import { runJob, type TrainerParts } from '../../../src-main/training/run-job.ts'
import { TrainingControl } from '../../../src-main/training/training-control.ts'
import type { TrainerEvent, TrainJob } from '../../../src-shared/domain/run.ts'
import { failed } from '../../../src-shared/errors.ts'
import { newestGoodCheckpoint } from '../../../src-main/training/checkpoint-folder.ts'
import { fakeDataset, fakeJob, fakeParts } from './fake-job.ts'
import { FakeSession } from './fake-session.ts'

let folder: string
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'job-'))))
afterEach(() => rm(folder, { recursive: true, maxRetries: 10 }))

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
    expect(done).toMatchObject({
      type: 'done',
      edges: [{ from: 'shape', to: 'size', fromMark: 'tail', toMark: 'tail' }],
    })
    const result: unknown = JSON.parse(await readFile(join(job.runFolder, 'result.json'), 'utf8'))
    expect(result).toMatchObject({
      method: 'causal-pima',
      arrays: { file: 'samples.npz', named: { latentMean: { dtype: 'float32', shape: [4, 2] } } },
    })
    const { ids } = await readSampleArrays(join(job.runFolder, 'samples.npz'))
    expect(ids).toEqual(['a', 'b', 'c', 'd'])
    expect(await readdir(job.runFolder)).not.toContain('trainer.lock')
  })

  it('stands still while it gets ready, and in the midst of its result', async () => {
    const job = await fakeJob(folder, { epochs: 1 })
    const control = new TrainingControl()
    control.pause()
    const told: string[] = []
    const emit = (event: TrainerEvent): void => {
      told.push(event.type)
      if (event.type === 'paused') control.continue()
    }
    const parts: TrainerParts = {
      ...fakeParts,
      createSession: (request) => {
        const session = new FakeSession(request)
        const finish = session.finish.bind(session)
        session.finish = async (...given) => {
          control.pause()
          await request.breathe?.()
          return finish(...given)
        }
        return Promise.resolve(session)
      },
    }
    expect(await runJob(job, { parts, control, emit, onSession: () => undefined })).toMatchObject({ type: 'done' })
    expect(told.slice(0, 3)).toEqual(['paused', 'resumed', 'started'])
    expect(told.slice(-2)).toEqual(['paused', 'resumed'])
  })

  it('leaves a result that nobody waits for, and makes it when it goes on', async () => {
    const job = await fakeJob(folder, { epochs: 1 })
    const control = new TrainingControl()
    const parts: TrainerParts = {
      ...fakeParts,
      createSession: (request) => {
        const session = new FakeSession(request)
        session.finish = async () => {
          control.interrupt()
          await request.breathe?.()
          throw new Error('went on')
        }
        return Promise.resolve(session)
      },
    }
    const events = await perform(job, parts, control)
    expect(events.at(-1)).toEqual({ type: 'interrupted', step: 10 })
    expect(await readdir(job.runFolder)).not.toContain('result.json')
    expect((await perform({ ...job, resume: true })).at(-1)).toMatchObject({ type: 'done' })
  })

  it('leaves samples out that have none of the modalities it uses, and says so in the result', async () => {
    const job = await fakeJob(folder, {})
    const [curve] = fakeDataset.modalities
    const partly = { ...curve!, present: Uint8Array.of(1, 0, 1, 1) }
    const other = { ...partly, modality: { ...partly.modality, name: 'image' }, present: Uint8Array.of(0, 1, 0, 0) }
    const { sha256 } = await writePack(job.packFile, { ...fakeDataset, modalities: [partly, other] })
    await perform({ ...job, packSha256: sha256, config: { modalities: ['curve'] } })
    const { ids } = await readSampleArrays(join(job.runFolder, 'samples.npz'))
    expect(ids).toEqual(['a', 'c', 'd'])
    const result: unknown = JSON.parse(await readFile(join(job.runFolder, 'result.json'), 'utf8'))
    expect(result).toMatchObject({ warnings: ['1 sample has no curve and is left out of the run.'] })
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

  it.runIf(process.platform === 'linux')(
    'takes over the lock of a process whose number another has by now',
    async () => {
      const job = await fakeJob(folder, {})
      await writeFile(join(job.runFolder, 'trainer.lock'), `${process.ppid} 1`)
      const began = performance.now()
      await perform(job)
      expect(performance.now() - began).toBeLessThan(5000)
      expect(await readdir(job.runFolder)).not.toContain('trainer.lock')
    },
  )

  it('lets two jobs into one folder only one after the other', async () => {
    const job = await fakeJob(folder, {})
    const outcomes = await Promise.allSettled([perform(job), perform({ ...job, resume: true })])
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1)
    expect(await readdir(job.runFolder)).not.toContain('trainer.lock')
  })
})

describe('a GPU that is lost in mid-run', () => {
  const fromStep =
    (step: number) =>
    (session: FakeSession): boolean =>
      session.step >= step
  const lost = failed('The GPU was lost: unplugged.', 'Update its driver.')

  /** A GPU that is lost as its session says, and a plain engine after it unless there is none. */
  function scripted(isLost: (session: FakeSession) => boolean, { plainEngine = true } = {}) {
    const asked: unknown[] = []
    const sessions: FakeSession[] = []
    const parts: TrainerParts = {
      ...fakeParts,
      createSession(request) {
        const session = new FakeSession(request)
        sessions.push(session)
        return Promise.resolve(session)
      },
      openEngine(name, options) {
        asked.push([name, options])
        const fault = () => (isLost(sessions[0]!) ? lost : null)
        if (name === 'webgpu') return Promise.resolve({ name, detail: 'scripted', threads: 1, fault })
        if (!plainEngine) return Promise.reject(failed('No other engine comes after webgpu.', ''))
        return Promise.resolve({ name: 'wasm', detail: 'scripted', threads: 2 })
      },
    }
    return { parts, asked, sessions }
  }

  it('sends the run back to the last checkpoint and on with the next engine, which its result names', async () => {
    const job: TrainJob = { ...(await fakeJob(folder, { epochs: 4 })), engine: 'webgpu', threads: 2 }
    const { parts, asked, sessions } = scripted(fromStep(14))
    const events = await perform(job, parts)
    expect(asked).toEqual([
      ['webgpu', { threads: 2 }],
      ['auto', { threads: 2, after: 'webgpu' }],
    ])
    expect(sessions.map(({ disposed }) => disposed)).toEqual([true, true])
    expect(events.filter(({ type }) => type === 'log')).toEqual([
      {
        type: 'log',
        level: 'warning',
        message: expect.stringMatching(/lost: unplugged.*back to step 10 and on with wasm instead of webgpu/) as string,
      },
    ])
    const engines = events.flatMap((event) => (event.type === 'started' ? [event.provenance.engine] : []))
    expect(engines).toEqual(['webgpu', 'wasm'])
    const result: unknown = JSON.parse(await readFile(join(job.runFolder, 'result.json'), 'utf8'))
    expect(result).toMatchObject({ provenance: { engine: 'wasm', threads: 2 } })
    const { checkpoint } = await newestGoodCheckpoint(job.runFolder)
    expect(checkpoint!.run).toMatchObject({ engine: 'wasm', threads: 2 })
  })

  it('costs no number: the run ends where one without the loss ends', async () => {
    const { parts, sessions } = scripted(fromStep(14))
    await perform({ ...(await fakeJob(folder, {})), engine: 'webgpu' }, parts)
    const whole = scripted(() => false)
    await perform({ ...(await fakeJob(folder, {}, 'whole')), engine: 'webgpu' }, whole.parts)
    expect(sessions[1]!.weights).toEqual(whole.sessions[0]!.weights)
  })

  it('keeps what the lost device computed out of every checkpoint', async () => {
    const { parts } = scripted(fromStep(10))
    const events = await perform({ ...(await fakeJob(folder, {})), engine: 'webgpu' }, parts)
    const steps = events.flatMap((event) => (event.type === 'checkpoint' ? [event.checkpoint.step] : []))
    expect(steps).toEqual([0, 10, 20, 30, 40])
    expect(events).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('back to step 0 ') as string }),
    )
  })

  it('that leaves before any checkpoint starts the run again', async () => {
    const { parts } = scripted(fromStep(0))
    const events = await perform({ ...(await fakeJob(folder, {})), engine: 'webgpu' }, parts)
    expect(events).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('back to its beginning') as string }),
    )
    expect(events.at(-1)).toMatchObject({ type: 'done' })
  })

  it('is told rather than the nonsense that follows it', async () => {
    const job = await fakeJob(folder, { nanAt: [14], safeRate: 0.06 })
    let asked = 0
    // Told of only after the loss at this step was no number.
    const { parts } = scripted(({ step }) => step === 14 && ++asked > 1)
    const events = await perform({ ...job, engine: 'webgpu' }, parts)
    const warnings = events.flatMap((event) => (event.type === 'log' ? [event.message] : []))
    expect(warnings[0]).toMatch(/The GPU was lost/)
    expect(warnings[1]).toMatch(/not a finite number at step 14/)
  })

  it('fails the run in words when no engine is left, with a checkpoint to resume from', async () => {
    const job: TrainJob = { ...(await fakeJob(folder, {})), engine: 'webgpu' }
    const { parts } = scripted(fromStep(14), { plainEngine: false })
    await expect(perform(job, parts)).rejects.toMatchObject({
      code: 'failed',
      message:
        'The GPU was lost: unplugged. No other engine could be opened to go on with: No other engine comes after webgpu.',
      hint: expect.stringContaining('resumed from its last checkpoint') as string,
      details: { engine: 'webgpu' },
    })
    expect((await newestGoodCheckpoint(job.runFolder)).checkpoint!.step).toBe(10)
  })
})
