import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CheckpointFolder } from '../../../src-main/training/checkpoint-folder.ts'
import type { ProcessExit, Spawn } from '../../../src-main/training/spawn.ts'
import { RunSupervisor } from '../../../src-main/training/supervisor.ts'
import type { TrainerEvent, TrainJob } from '../../../src-shared/domain/run.ts'

/** A process that does only what the test says. */
class ScriptedProcess {
  readonly received: object[] = []
  killed = false
  #onMessage: (message: unknown) => void = () => undefined
  #onExit: (exit: ProcessExit) => void = () => undefined

  readonly spawn: Spawn = () => ({
    pid: 4711,
    send: (message) => void this.received.push(message),
    onMessage: (listener) => {
      this.#onMessage = listener
    },
    onExit: (listener) => {
      this.#onExit = listener
    },
    kill: () => {
      this.killed = true
      this.exit({ signal: 'SIGKILL' })
    },
  })

  say(message: unknown): void {
    this.#onMessage(message)
  }

  exit({ code = null, signal = null, stderr = '' }: Partial<ProcessExit>): void {
    this.#onExit({ code, signal, stderr })
  }
}

let folder: string
let process: ScriptedProcess
let events: TrainerEvent[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'supervisor-'))
  process = new ScriptedProcess()
  events = []
})
afterEach(async () => {
  vi.useRealTimers()
  await rm(folder, { recursive: true, maxRetries: 10 })
})

function job(): TrainJob {
  return {
    runId: 1,
    method: 'causal-pima',
    packFile: '',
    packSha256: '',
    runFolder: folder,
    config: {},
    seed: 0,
    engine: 'auto',
    threads: null,
    resume: false,
  }
}

function start(limits: { memoryLimitMb?: number; silenceMinutes?: number } = {}) {
  const supervisor = new RunSupervisor({ entry: 'trainer', spawn: process.spawn, ...limits })
  return { supervisor, run: supervisor.start(job(), { event: (event) => events.push(event) }) }
}

const alive = (rssMb: number) => ({
  type: 'alive',
  step: 5,
  memory: { rss: rssMb * 2 ** 20, heapUsed: 0, external: 0, tensors: null, tensorBytes: null },
})
const progress = { type: 'progress', epoch: 1, step: 42, fraction: 0.1, secondsLeft: 3, secondsAgain: 0 }

describe('a supervised run', () => {
  it('passes commands down and events up, and lets the process go after the last', async () => {
    const { run } = start()
    run.pause()
    run.continue()
    run.interrupt()
    process.say(progress)
    process.say({ type: 'interrupted', step: 50 })
    process.say(progress)
    process.exit({ code: 0 })
    expect(await run.ended).toEqual({ type: 'interrupted', step: 50 })
    expect(events.map(({ type }) => type)).toEqual(['progress', 'interrupted'])
    expect(process.received).toEqual([
      { type: 'start', job: job() },
      { type: 'pause' },
      { type: 'continue' },
      { type: 'interrupt' },
      { type: 'close' },
    ])
  })

  it('hears the sign of life with its memory', () => {
    const supervisor = new RunSupervisor({ entry: 'trainer', spawn: process.spawn })
    const heard = vi.fn()
    supervisor.start(job(), { event: () => undefined, alive: heard })
    process.say(alive(100))
    expect(heard).toHaveBeenCalledWith(alive(100))
    process.exit({})
  })

  it('may be followed by another as soon as its end is told', async () => {
    const supervisor = new RunSupervisor({ entry: 'trainer', spawn: process.spawn })
    const second = new Promise((resolve) => {
      supervisor.start(job(), {
        event: ({ type }) => {
          if (type === 'failed') resolve(supervisor.start(job(), { event: () => undefined }))
        },
      })
    })
    process.exit({ code: 3 })
    expect(await second).toBe(supervisor.run)
    process.exit({})
  })

  it('fails with what was lost and what is kept when the process dies', async () => {
    const { run } = start()
    const identity = { method: '', seed: 0, datasetSha256: '', configSha256: '', engine: '', threads: 1 }
    const snapshot = { state: null, arrays: {} }
    await new CheckpointFolder(folder, 0).save(
      { step: 40, epoch: 1, seconds: 1, rateHalved: false, told: null, run: identity, snapshot },
      { epochEnd: null, best: false },
    )
    process.say(progress)
    process.exit({ signal: 'SIGSEGV' })
    expect(await run.ended).toMatchObject({
      type: 'failed',
      error: {
        message: 'The trainer process ended unexpectedly (SIGSEGV) after step 42; the last checkpoint is at step 40.',
        hint: 'Resume continues from there. If it happens again, try another engine.',
        details: { step: 42, checkpointStep: 40, signal: 'SIGSEGV' },
      },
    })
    expect(events).toHaveLength(2)
  })

  it.each([
    ['V8', { signal: 'SIGABRT', stderr: 'FATAL ERROR: Reached heap limit - JavaScript heap out of memory' } as const],
    ['a driver', { code: 1, stderr: 'std::bad_alloc' }],
  ])('recognises lack of memory as %s puts it', async (_, exit) => {
    const { run } = start()
    process.exit(exit)
    expect(await run.ended).toMatchObject({
      error: { message: expect.stringMatching(/ran out of memory before training began/) as string },
    })
  })

  it('reads the signal in the exit code that shells and Electron give', async () => {
    const { run } = start()
    process.exit({ code: 139 })
    expect(await run.ended).toMatchObject({ error: { details: { signal: 'SIGSEGV' } } })
  })

  it('quotes the last line of a process that ended by itself', async () => {
    const { run } = start()
    process.exit({ code: 1, stderr: 'warming up\nlibfoo.so: cannot open shared object file\n' })
    expect(await run.ended).toMatchObject({
      error: { message: expect.stringContaining('(exit code 1: libfoo.so: cannot open shared object file)') as string },
    })
  })

  it('is ended when it grows above its limit of memory', async () => {
    const { run } = start({ memoryLimitMb: 1000 })
    process.say(alive(999))
    expect(process.killed).toBe(false)
    process.say(alive(1200))
    expect(await run.ended).toMatchObject({
      error: { message: expect.stringMatching(/grew to 1200 MiB, above its limit of 1000 MiB/) as string },
    })
  })

  it('is ended when what it says makes no sense', async () => {
    const { run } = start()
    process.say({ type: 'progress', step: 'many' })
    expect(await run.ended).toMatchObject({
      error: { message: expect.stringMatching(/makes no sense/) as string },
    })
  })
})

describe('silence', () => {
  it('of ten minutes ends the process; a sign of life starts the count anew', async () => {
    vi.useFakeTimers()
    const { run } = start({ silenceMinutes: 10 })
    vi.advanceTimersByTime(9 * 60_000)
    process.say(alive(1))
    vi.advanceTimersByTime(9 * 60_000)
    expect(process.killed).toBe(false)
    vi.advanceTimersByTime(2 * 60_000)
    expect(process.killed).toBe(true)
    vi.useRealTimers()
    expect(await run.ended).toMatchObject({
      error: { message: expect.stringMatching(/no sign of life for 10 minutes and was ended/) as string },
    })
  })

  it('after the last word ends a process that does not go, without changing how its run ended', async () => {
    vi.useFakeTimers()
    const { run } = start()
    process.say({ type: 'interrupted', step: 3 })
    vi.advanceTimersByTime(10_000)
    expect(process.killed).toBe(true)
    vi.useRealTimers()
    expect(await run.ended).toEqual({ type: 'interrupted', step: 3 })
  })
})
