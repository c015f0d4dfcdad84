/** What SIGKILL may cost: at most the steps since the last checkpoint, and never a different result. */
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newestGoodCheckpoint } from '../../../src-main/training/checkpoint-folder.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import type { TrainJob } from '../../../src-shared/domain/run.ts'
import { fakeJob } from '../../unit/training/fake-job.ts'
import type { FakeConfig } from '../../unit/training/fake-session.ts'
import type { Fault } from '../../unit/training/faulty-disk.ts'
import { fingerprint } from './fingerprint.ts'
import { isHolding, perform, watch } from './watched-run.ts'

let folder: string
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'kill-'))))
afterEach(() => rm(folder, { recursive: true, maxRetries: 10 }))

async function uninterrupted(config: FakeConfig): Promise<string> {
  const job = await fakeJob(folder, config, 'uninterrupted')
  expect((await perform(job)).type).toBe('done')
  return fingerprint(job.runFolder)
}

async function resumeTo(job: TrainJob, expected: string): Promise<void> {
  const end = await perform({ ...job, resume: true })
  expect(end.type).toBe('done')
  expect(await fingerprint(job.runFolder)).toBe(expected)
  expect((await readdir(job.runFolder)).filter((name) => /tmp|lock/.test(name))).toEqual([])
}

describe('SIGKILL in mid-run', () => {
  it('is told with the steps that are lost, and resuming ends with the same numbers', async () => {
    const until = join(folder, 'go-on')
    const config: FakeConfig = {
      epochs: 5,
      stepsPerEpoch: 40,
      size: 50_000,
      hold: { step: 133, until },
      training: { checkpointSteps: 50 },
    }
    const job = await fakeJob(folder, config)
    const { run, waitFor } = watch(job)
    await waitFor(isHolding)
    process.kill(run.pid!, 'SIGKILL')
    const end = await run.ended
    expect(end).toMatchObject({
      type: 'failed',
      error: {
        code: 'failed',
        message: expect.stringMatching(
          /^The trainer process ended unexpectedly \(SIGKILL\) after step 1\d\d; the last checkpoint is at step 120\.$/,
        ) as string,
        hint: 'Resume continues from there.',
      },
    })
    await writeFile(until, '')
    await resumeTo(job, await uninterrupted(config))
  })
})

describe('SIGKILL while a checkpoint is written', () => {
  const config: FakeConfig = { epochs: 2, stepsPerEpoch: 12, size: 2_500_000, training: { checkpointSteps: 8 } }
  /** Steps at which this configuration writes its checkpoints, in order. */
  const steps = [0, 8, 12, 16, 24, 24]
  const bytes = 2 * 4 * 2_500_000

  function faults(): Fault[] {
    const moments = RandomStream.of(20, 'moments of death')
    return Array.from({ length: 20 }, (_, i): Fault => {
      const write = 1 + moments.integer(steps.length)
      // Every fifth dies about the rename, where a byte more or less decides nothing.
      const late = (['flush', 'rename', 'renamed', 'folder'] as const)[Math.floor(i / 5)]!
      const at = i % 5 === 4 ? { moment: late } : { moment: 'byte' as const, byte: moments.integer(bytes) }
      return { write, at, action: 'kill' }
    })
  }

  it('at 20 random moments loses at most the steps since the last checkpoint, and resumes to the same numbers', async () => {
    const expected = await uninterrupted(config)
    for (const [i, fault] of faults().entries()) {
      const what = JSON.stringify(fault)
      const job = await fakeJob(folder, config, `run-${i}`)
      const end = await perform(job, { fault })
      expect(end, what).toMatchObject({ type: 'failed', error: { details: { signal: 'SIGKILL' } } })
      const { checkpoint, damaged } = await newestGoodCheckpoint(job.runFolder)
      const stands = fault.at.moment === 'renamed' || fault.at.moment === 'folder'
      expect(checkpoint?.step, what).toBe(steps[fault.write - (stands ? 1 : 2)])
      expect(damaged, what).toEqual([])
      await resumeTo(job, expected)
      await rm(job.runFolder, { recursive: true })
    }
  }, 400_000)
})

describe('a damaged newest checkpoint', () => {
  const config: FakeConfig = { epochs: 3, stepsPerEpoch: 10, size: 50_000 }

  it.each([
    ['truncated', (file: string) => truncate(file, 1000)],
    [
      'bit-flipped',
      async (file: string) => {
        const content = await readFile(file)
        content[5000] = content[5000]! ^ 4
        await writeFile(file, content)
      },
    ],
  ])('that is %s: resuming says so, takes the one before and ends with the same numbers', async (_, damage) => {
    const job = await fakeJob(folder, config)
    // Dies when the third epoch's checkpoint is due: those at steps 10 and 20 are there.
    await perform(job, { fault: { write: 4, at: { moment: 'byte', byte: 0 }, action: 'kill' } })
    const newest = (await newestGoodCheckpoint(job.runFolder)).file!
    await damage(newest)
    const { run, events } = watch({ ...job, resume: true })
    expect((await run.ended).type).toBe('done')
    const warnings = events.filter((event) => event.type === 'log').map(({ message }) => message)
    expect(warnings).toEqual([
      expect.stringContaining(`${newest} is damaged`),
      'The run goes on from the checkpoint before, at step 10.',
    ])
    expect(await fingerprint(job.runFolder)).toBe(await uninterrupted(config))
  })
})

describe('a disk that fills up while a checkpoint is written', () => {
  it('keeps the checkpoint before, says so, and the run goes on', async () => {
    const config: FakeConfig = { epochs: 3, stepsPerEpoch: 10, size: 50_000 }
    const job = await fakeJob(folder, config)
    const fault: Fault = { write: 3, at: { moment: 'byte', byte: 70_000 }, action: 'full' }
    const { run, events } = watch(job, { fault })
    expect((await run.ended).type).toBe('done')
    expect(events).toContainEqual({
      type: 'log',
      level: 'warning',
      message: expect.stringMatching(/the disk is full\. The checkpoint at step 10 is kept/) as string,
    })
    expect(await fingerprint(job.runFolder)).toBe(await uninterrupted(config))
  })
})
