import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeCheckpoint } from '../../../../src-main/training/checkpoint-file.ts'
import type { RunEnd, RunListener } from '../../../../src-main/training/supervisor.ts'
import { readEvents } from '../../../../src-main/training/task/event-log.ts'
import { bringNewest, type Leaving, runTask } from '../../../../src-main/training/task/run-task.ts'
import {
  attemptRun,
  beginAttempt,
  eventsFile,
  makeWork,
  readEnd,
  readLeft,
  writeEnd,
  writeTask,
} from '../../../../src-main/training/task/work-folder.ts'
import type { TrainJob } from '../../../../src-shared/domain/run.ts'
import { epochEvent, started } from '../../services/scripted-trainer.ts'

let work: string
let scratch: string
beforeEach(async () => {
  work = mkdtempSync(join(tmpdir(), 'causalscope-work-'))
  scratch = mkdtempSync(join(tmpdir(), 'causalscope-scratch-'))
  await makeWork(work, { format: 1, key: 'k', version: '1.0', title: 't', tellSeconds: 0.05, shareSeconds: 0 })
  const run = {
    runId: 1,
    method: 'causal-pima',
    config: {},
    seed: 3,
    engine: 'wasm',
    threads: 1,
    resume: false,
  } as const
  await writeTask(work, 1, { ...run, packFile: '/host/x.pack', packSha256: 'ab', runFolder: '/host/run' })
})
afterEach(() => {
  // A task leaves nothing on its machine.
  expect(readdirSync(scratch)).toEqual([])
  for (const folder of [work, scratch]) rmSync(folder, { recursive: true, maxRetries: 10 })
})

const start = { job: '5_0', node: 'n1', pid: 1, at: 'now' }

/** A place whose one job does as the test says. */
function scripted(work: (job: TrainJob, listener: RunListener, asked: Promise<string>) => Promise<RunEnd>) {
  const asked = Promise.withResolvers<string>()
  return {
    start: (job: TrainJob, listener: RunListener) => ({
      ended: work(job, listener, asked.promise),
      pause: () => undefined,
      continue: () => undefined,
      interrupt: () => asked.resolve('interrupt'),
      kill: () => asked.resolve('kill'),
    }),
  }
}
const leavingNow = (): Leaving => ({ reason: null, leave: () => undefined })

async function checkpointAt(folder: string, step: number): Promise<string> {
  const run = { method: 'causal-pima', seed: 0, datasetSha256: 'ab', configSha256: 'cd', engine: 'wasm', threads: 1 }
  const file = join(folder, `checkpoint-000001-step-${step}.ckpt`)
  await writeCheckpoint(file, {
    step,
    epoch: 1,
    seconds: 1,
    rateHalved: false,
    told: null,
    run,
    snapshot: { state: {}, arrays: {} },
  })
  return file
}

describe('a task on a machine of the cluster', () => {
  it('says what happens in its log, and its end with every file by its hash', async () => {
    const place = scripted((job, listener) => {
      expect(job).toMatchObject({
        resume: false,
        packFile: join(work, 'data', 'ab.pack'),
      })
      listener.event(started)
      listener.event({ ...epochEvent(0), metrics: { ...epochEvent(0).metrics, score: NaN } })
      listener.event({ type: 'progress', epoch: 1, step: 10, fraction: 0.5, secondsLeft: null, secondsAgain: 0 })
      writeFileSync(join(job.runFolder, 'samples.npz'), 'arrays')
      writeFileSync(join(job.runFolder, 'result.json'), '{}')
      return Promise.resolve({
        type: 'done',
        resultFile: join(job.runFolder, 'result.json'),
        sha256: 'ef',
        score: 1,
        edges: [],
        explained: null,
      })
    })
    expect(await runTask(work, 1, { place, version: '1.0', start, leaving: leavingNow(), scratch })).toBe(true)
    const { events } = await readEvents(eventsFile(work, 1, 1), 0)
    expect(events.map(({ type }) => type)).toEqual(['started', 'epoch', 'progress'])
    expect(events[1]).toMatchObject({ metrics: { score: NaN } })
    const end = await readEnd(work, 1)
    expect(end?.type === 'done' && end.files.map(({ name, bytes }) => [name, bytes])).toEqual([['samples.npz', 6], ['result.json', 2]]) // prettier-ignore
    // Begun again by a cluster that does not know: nothing is done.
    const never = scripted(() => Promise.reject(new Error('begun twice')))
    expect(await runTask(work, 1, { place: never, version: '1.0', start, leaving: leavingNow(), scratch })).toBe(true)
    expect(readdirSync(join(work, 'tasks', '000001')).filter((name) => name.startsWith('attempt'))).toHaveLength(1)
  })

  it('goes when its time is nearly over, and on from its checkpoint when it is begun again', async () => {
    const leaving = leavingNow()
    const first = scripted(async (job, listener, asked) => {
      const file = await checkpointAt(job.runFolder, 40)
      listener.event({
        type: 'checkpoint',
        checkpoint: { file, step: 40, epoch: 1, sha256: '', bytes: 1, kind: 'last' },
      })
      queueMicrotask(() => {
        leaving.reason = 'time'
        leaving.leave('time')
      })
      expect(await asked).toBe('interrupt')
      return { type: 'interrupted', step: 40 }
    })
    await runTask(work, 1, { place: first, version: '1.0', start, leaving, scratch })
    expect(await readLeft(work, 1, 1)).toEqual({ reason: 'time', step: 40 })
    expect(await readEnd(work, 1)).toBeNull()
    const second = scripted((job) => {
      expect(job.resume).toBe(true)
      expect(readdirSync(job.runFolder)).toEqual(['checkpoint-000001-step-40.ckpt'])
      return Promise.resolve({
        type: 'failed',
        error: { code: 'failed', message: 'Out of luck.', hint: '', details: {} },
      })
    })
    expect(await runTask(work, 1, { place: second, version: '1.0', start, leaving: leavingNow(), scratch })).toBe(false)
    expect(await readEnd(work, 1)).toMatchObject({ type: 'failed', attempt: 2, error: { message: 'Out of luck.' } })
  })

  it('gives way when another attempt has begun elsewhere', async () => {
    const place = scripted(async (_job, _listener, asked) => {
      await beginAttempt(work, 1, { ...start, node: 'n2' })
      expect(await asked).toBe('kill')
      return { type: 'failed', error: { code: 'failed', message: 'ended by force', hint: '', details: {} } }
    })
    expect(await runTask(work, 1, { place, version: '1.0', start, leaving: leavingNow(), scratch })).toBe(true)
    expect(await readEnd(work, 1)).toBeNull()
  })

  it('gives way when an attempt that was taken for lost comes to its end', async () => {
    const lost = await beginAttempt(work, 1, start)
    const place = scripted(async (_job, _listener, asked) => {
      const error = { code: 'failed', message: 'the first to end', hint: '', details: {} } as const
      await writeEnd(work, 1, { type: 'failed', attempt: lost, error })
      expect(await asked).toBe('kill')
      return { type: 'failed', error: { code: 'failed', message: 'ended by force', hint: '', details: {} } }
    })
    expect(await runTask(work, 1, { place, version: '1.0', start, leaving: leavingNow(), scratch })).toBe(true)
    expect(await readEnd(work, 1)).toMatchObject({ attempt: lost })
  })

  it('begins while an attempt that was taken for lost replaces its checkpoints, and takes them away in the end', async () => {
    const lost = attemptRun(work, 1, await beginAttempt(work, 1, start))
    const here = new AbortController()
    const unseen = (async () => {
      for (let step = 1; !here.signal.aborted; step++) {
        const file = await checkpointAt(lost, step)
        for (const name of readdirSync(lost)) if (name !== basename(file)) rmSync(join(lost, name))
        if (step % 3 === 0) rmSync(file)
      }
    })()
    const found = new Set<boolean>()
    for (let n = 0; n < 200; n++) {
      const own = mkdtempSync(join(scratch, 'own-'))
      const step = await bringNewest(work, 1, 1, own)
      expect(readdirSync(own)).toEqual(step === null ? [] : [`checkpoint-000001-step-${step}.ckpt`])
      found.add(step !== null)
      rmSync(own, { recursive: true })
    }
    here.abort()
    await unseen
    expect(found).toContain(true)
  })

  it('refuses the work of another version', async () => {
    const never = scripted(() => Promise.reject(new Error('begun')))
    expect(await runTask(work, 1, { place: never, version: '2.0', start, leaving: leavingNow(), scratch })).toBe(false)
    expect(await readEnd(work, 1)).toMatchObject({ error: { message: expect.stringMatching(/on n1 is Causalscope 2.0, the work was made by 1.0/) as string } }) // prettier-ignore
  })
})

it('reads a log whose last line is not whole as far as it is', async () => {
  const file = join(work, 'events.jsonl')
  const line = `${JSON.stringify({ type: 'paused' })}\n`
  writeFileSync(file, `${line}{"type":"resu`)
  const { events, to } = await readEvents(file, 0)
  expect([events.length, to]).toEqual([1, line.length])
  expect(await readEvents(join(work, 'none'), 7)).toEqual({ events: [], to: 7 })
})
