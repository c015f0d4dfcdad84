/** Pause, continue, interrupt, and a host that goes: in real processes. */
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newestGoodCheckpoint } from '../../../src-main/training/checkpoint-folder.ts'
import { spawnNode } from '../../../src-main/training/spawn.ts'
import { RunSupervisor } from '../../../src-main/training/supervisor.ts'
import type { TrainJob } from '../../../src-shared/domain/run.ts'
import { fakeJob } from '../../unit/training/fake-job.ts'
import { fakeTrainer, isHolding, perform, watch } from './watched-run.ts'

let folder: string
let until: string
let job: TrainJob
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'commands-'))
  until = join(folder, 'go-on')
  job = await fakeJob(folder, { epochs: 5, stepsPerEpoch: 10, hold: { step: 33, until } })
})
afterEach(() => rm(folder, { recursive: true, maxRetries: 10 }))

describe('a trainer at work', () => {
  it('pauses, goes on and ends', async () => {
    const { run, events, waitFor } = watch(job)
    await waitFor(isHolding)
    run.pause()
    await waitFor(({ type }) => type === 'paused')
    await writeFile(until, '')
    run.continue()
    expect((await run.ended).type).toBe('done')
    expect(events.map(({ type }) => type).filter((type) => type === 'paused' || type === 'resumed')).toEqual([
      'paused',
      'resumed',
    ])
  })

  it('keeps a checkpoint of where it was paused', async () => {
    const { run, waitFor } = watch(job)
    await waitFor(isHolding)
    run.pause()
    await waitFor(({ type }) => type === 'paused')
    expect((await newestGoodCheckpoint(job.runFolder)).checkpoint?.step).toBe(33)
    run.kill()
    expect(await run.ended).toMatchObject({
      type: 'failed',
      error: { message: 'The trainer process was ended by force after step 33; the last checkpoint is at step 33.' },
    })
  })

  it('is interrupted with a checkpoint of that very step, and resumed', async () => {
    const { run, waitFor } = watch(job)
    await waitFor(isHolding)
    run.interrupt()
    expect(await run.ended).toEqual({ type: 'interrupted', step: 33 })
    expect((await newestGoodCheckpoint(job.runFolder)).checkpoint?.step).toBe(33)
    await writeFile(until, '')
    expect((await perform({ ...job, resume: true })).type).toBe('done')
  })

  it('is the only one of its supervisor, until it has ended', async () => {
    const supervisor = new RunSupervisor({ entry: fakeTrainer })
    const listener = { event: () => undefined }
    const run = supervisor.start(job, listener)
    expect(() => supervisor.start(job, listener)).toThrow(/Run 1 is still training/)
    run.interrupt()
    expect((await run.ended).type).toBe('interrupted')
    await writeFile(until, '')
    expect((await supervisor.start({ ...job, resume: true }, listener).ended).type).toBe('done')
    expect(supervisor.run).toBeNull()
  })

  it('leaves a checkpoint and goes when its host is killed', async () => {
    const jobFile = join(folder, 'job.json')
    await writeFile(jobFile, JSON.stringify({ type: 'start', job }))
    const host = spawn(process.execPath, [join(import.meta.dirname, 'fake-host.ts'), jobFile], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await new Promise<void>((resolve) => host.stdout.once('data', () => resolve()))
    host.kill('SIGKILL')
    // Resumed at once, as by a person who saw the window vanish: it waits until the old trainer has saved and gone.
    const { run, events, waitFor } = watch({ ...job, resume: true })
    await waitFor(isHolding)
    expect(events.map(({ type }) => type)).toEqual(['started', 'epoch', 'log'])
    expect((await newestGoodCheckpoint(job.runFolder)).checkpoint?.step).toBe(33)
    await writeFile(until, '')
    expect((await run.ended).type).toBe('done')
    expect(await readdir(job.runFolder)).not.toContain('trainer.lock')
  })
})

describe('a trainer that ends before its time', () => {
  it('tells an unforeseen error with its own words', async () => {
    job = await fakeJob(folder, { throwAt: { step: 3, message: 'something odd' } })
    expect(await perform(job)).toMatchObject({ type: 'failed', error: { message: 'something odd' } })
  })

  it('tells lack of memory in the engine as such', async () => {
    job = await fakeJob(folder, { throwAt: { step: 3, message: 'Array buffer allocation failed' } })
    expect(await perform(job)).toMatchObject({
      error: {
        message: 'The training ran out of memory (Array buffer allocation failed).',
        hint: expect.stringContaining('training.batchSize') as string,
      },
    })
  })

  it("tells lack of memory in V8's heap, which ends the process at once, as such", async () => {
    job = await fakeJob(folder, { hoardAt: 12 })
    const end = await perform(job, { spawn: (entry) => spawnNode(entry, { heapLimitMb: 100 }) })
    expect(end).toMatchObject({
      type: 'failed',
      error: {
        message: expect.stringMatching(
          /^The trainer process ran out of memory after step 1\d; the last checkpoint is at step 10\.$/,
        ) as string,
        hint: expect.stringMatching(/^Resume continues from there\. Close other programs/) as string,
      },
    })
  })

  it('tells when its file is not there', async () => {
    const end = await perform(job, { entry: join(folder, 'nothing.ts') })
    expect(end).toMatchObject({
      type: 'failed',
      error: {
        message: expect.stringMatching(/exit code 1.*before training began; there is no checkpoint yet/) as string,
      },
    })
  })
})
