import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Checkpoint, RunIdentity } from '../../../src-main/training/checkpoint-file.ts'
import { CheckpointFolder } from '../../../src-main/training/checkpoint-folder.ts'
import { TrainingControl } from '../../../src-main/training/training-control.ts'
import { type TrainingEnd, TrainingLoop } from '../../../src-main/training/training-loop.ts'
import type { TrainerEvent } from '../../../src-shared/domain/run.ts'
import { breakDisk } from './faulty-disk.ts'
import { fakeDataset } from './fake-job.ts'
import { type FakeConfig, FakeSession } from './fake-session.ts'

const run: RunIdentity = {
  method: 'causal-pima',
  seed: 7,
  datasetSha256: '',
  configSha256: '',
  engine: 'cpu',
  threads: 1,
}

let path: string
let now: number
let events: TrainerEvent[]
let control: TrainingControl
/** Called with each event, to act in the middle of a run. */
let react: (event: TrainerEvent) => void

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'loop-'))
  now = 0
  events = []
  control = new TrainingControl()
  react = () => undefined
})
afterEach(() => rm(path, { recursive: true, maxRetries: 10 }))

function fakeSession(config: FakeConfig): FakeSession {
  return new FakeSession({ method: 'causal-pima', dataset: fakeDataset, config, seed: 7 })
}

/** Each look at the clock takes a millisecond; `resumedFrom` must have been restored into the session. */
function train(session: FakeSession, resumedFrom: Checkpoint | null = null, checkpointSteps = 0): Promise<TrainingEnd> {
  const emit = (event: TrainerEvent): void => {
    events.push(event)
    react(event)
  }
  const checkpoints = new CheckpointFolder(path, 0)
  const clock = (): number => now++
  return new TrainingLoop({ session, checkpoints, control, emit, run, resumedFrom, checkpointSteps, clock }).run()
}

function ofType<T extends TrainerEvent['type']>(type: T): Extract<TrainerEvent, { type: T }>[] {
  return events.filter((event): event is Extract<TrainerEvent, { type: T }> => event.type === type)
}

const warnings = (): string[] => ofType('log').map(({ message }) => message)

async function resume(config: FakeConfig): Promise<FakeSession> {
  const { checkpoint } = await new CheckpointFolder(path, 0).newestGood()
  const session = fakeSession(config)
  await session.restore(checkpoint!.snapshot)
  control = new TrainingControl()
  events = []
  react = () => undefined
  await train(session, checkpoint)
  return session
}

describe('the training loop', () => {
  it('runs to the end with a checkpoint at the start and at the end of each epoch', async () => {
    const end = await train(fakeSession({ epochs: 3 }))
    expect(end.kind).toBe('finished')
    expect(ofType('checkpoint').map(({ checkpoint }) => checkpoint.step)).toEqual([0, 10, 20, 30])
    expect(ofType('epoch').map(({ metrics }) => metrics.epoch)).toEqual([1, 2, 3])
    expect(await readdir(path)).toHaveLength(2)
  })

  it('writes checkpoints within an epoch when asked to', async () => {
    await train(fakeSession({ epochs: 2 }), null, 4)
    expect(ofType('checkpoint').map(({ checkpoint }) => checkpoint.step)).toEqual([0, 4, 8, 10, 12, 16, 20, 20])
  })

  it('ends when the session has stopped early', async () => {
    await train(fakeSession({ epochs: 100, stopAfterEpoch: 2 }))
    expect(ofType('epoch')).toHaveLength(2)
  })

  it('tells of progress at most ten times a second, and of time left that falls', async () => {
    await train(fakeSession({ epochs: 2, stepsPerEpoch: 2000 }))
    const progress = ofType('progress')
    expect(progress.length).toBeLessThanOrEqual(Math.ceil(now / 100) + 2)
    expect(progress.length).toBeGreaterThan(10)
    expect(progress.at(-1)).toMatchObject({ step: 4000, fraction: 1, secondsLeft: 0 })
    const left = progress.map(({ secondsLeft }) => secondsLeft).filter((seconds) => seconds !== null)
    expect(left[0]).toBeGreaterThan(1)
    for (let i = 1; i < left.length; i++) expect(left[i]).toBeLessThan(left[i - 1]!)
  })

  it('counts training beside the steps, and tells what may come on top while it may', async () => {
    const config = { epochs: 1, stepsPerEpoch: 2000, parts: { step: 1000, count: 1000 }, besides: 1000, perhaps: 500 }
    await train(fakeSession(config))
    const progress = ofType('progress')
    const during = progress.filter(({ step }) => step === 1000)
    expect(during.length).toBeGreaterThan(5)
    expect(during[0]!.fraction).toBeLessThan(0.4)
    expect(during.at(-2)!.fraction).toBeGreaterThan(0.6)
    for (let i = 1; i < progress.length; i++)
      expect(progress[i]!.fraction).toBeGreaterThanOrEqual(progress[i - 1]!.fraction)
    const { secondsLeft, secondsAgain, fraction } = during[2]!
    expect(secondsAgain / secondsLeft!).toBeCloseTo(500 / (3000 * (1 - fraction)), 6)
    expect(progress.at(-1)).toMatchObject({ fraction: 1, secondsLeft: 0, secondsAgain: 0 })
  })

  it('counts long work between steps in the time left, before it begins and while it lasts', async () => {
    const session = fakeSession({ epochs: 1, stepsPerEpoch: 2000, parts: { step: 1000, count: 20 }, partSeconds: 2 })
    const advance = session.advance.bind(session)
    session.advance = async () => {
      const advanced = await advance()
      if (advanced.kind === 'part') now += 2000
      return advanced
    }
    await train(session)
    const progress = ofType('progress').filter(({ secondsLeft }) => secondsLeft !== null)
    const before = progress.filter(({ step }) => step > 100 && step < 1000)
    expect(before.length).toBeGreaterThan(3)
    for (const { secondsLeft, secondsAgain } of before) {
      expect(secondsLeft).toBeGreaterThan(40)
      expect(secondsLeft).toBeLessThan(60)
      expect(secondsAgain).toBe(40)
    }
    const during = progress.filter(({ step }) => step === 1000)
    expect(during.length).toBe(20)
    for (let i = 1; i < during.length; i++)
      expect(during[i - 1]!.secondsLeft! - during[i]!.secondsLeft!).toBeCloseTo(2, 1)
    const after = progress.filter(({ step }) => step > 1000)
    expect(after[0]!.secondsLeft).toBeLessThan(10)
    expect(after.at(-1)).toMatchObject({ secondsLeft: 0, secondsAgain: 0 })
  })

  it('shows a preview after an epoch, at most one each second', async () => {
    await train(fakeSession({ epochs: 40, stepsPerEpoch: 60 }))
    expect(ofType('preview').length).toBeGreaterThan(1)
    expect(ofType('preview').length).toBeLessThanOrEqual(Math.ceil(now / 1000))
  })

  it('says every ten seconds where long work between epochs stands', async () => {
    await train(fakeSession({ epochs: 1, parts: { step: 10, count: 10_000 } }))
    const told = ofType('log').map(({ message }) => message)
    expect(told.length).toBeGreaterThan(0)
    expect(told.length).toBeLessThanOrEqual(Math.ceil(now / 10_000))
    expect(told[0]).toMatch(/^part \d+ of 10000$/)
  })

  it('can be interrupted in the middle of long work between epochs', async () => {
    react = (event) => {
      if (event.type === 'log') control.interrupt()
    }
    const end = await train(fakeSession({ epochs: 1, parts: { step: 10, count: 1_000_000 } }))
    expect(end).toEqual({ kind: 'interrupted', step: 10 })
    expect(ofType('log')).toHaveLength(1)
  })

  it('pauses between two steps with a checkpoint, and does not count the pause', async () => {
    const session = fakeSession({ epochs: 3 })
    react = (event) => {
      if (event.type === 'epoch' && event.metrics.epoch === 2) control.pause()
      if (event.type !== 'paused') return
      now += 3_600_000
      control.continue()
    }
    const end = await train(session)
    expect(events.map(({ type }) => type).join(' ')).toMatch(/epoch progress checkpoint paused resumed/)
    expect(end).toMatchObject({ kind: 'finished' })
    expect(end.kind === 'finished' && end.seconds).toBeLessThan(60)
  })

  it('is interrupted with a checkpoint, also out of a pause', async () => {
    react = (event) => {
      if (event.type === 'epoch' && event.metrics.epoch === 2) control.pause()
      if (event.type === 'paused') control.interrupt()
    }
    expect(await train(fakeSession({ epochs: 3 }))).toEqual({ kind: 'interrupted', step: 20 })
    expect(ofType('resumed')).toEqual([])
  })

  it('goes on after an interrupt to the numbers of an uninterrupted run', async () => {
    const whole = fakeSession({ epochs: 4 })
    await train(whole)
    await rm(path, { recursive: true })
    path = await mkdtemp(join(tmpdir(), 'loop-'))
    react = (event) => {
      if (event.type === 'epoch' && event.metrics.epoch === 2) control.interrupt()
    }
    await train(fakeSession({ epochs: 4 }))
    const told = ofType('epoch').at(-1)
    const resumed = await resume({ epochs: 4 })
    // The last one again: a host that died with it may not have heard it.
    expect(ofType('epoch').map(({ metrics }) => metrics.epoch)).toEqual([2, 3, 4])
    expect(events[0]).toEqual(told)
    expect(resumed.weights).toEqual(whole.weights)
  })

  it('counts the time before a resume', async () => {
    react = (event) => {
      if (event.type === 'epoch') control.interrupt()
    }
    await train(fakeSession({ epochs: 2 }))
    const before = ofType('epoch')[0]!.metrics.seconds
    now += 1_000_000
    await resume({ epochs: 2 })
    const after = ofType('epoch')[1]!.metrics.seconds
    expect(after).toBeGreaterThan(before)
    expect(after).toBeLessThan(60)
  })
})

describe('a loss that is no number', () => {
  const config: FakeConfig = { epochs: 3, nanAt: [14], safeRate: 0.06 }

  it('sends the run back to the last checkpoint with half the learning rate', async () => {
    const session = fakeSession(config)
    expect((await train(session)).kind).toBe('finished')
    expect(session.rate).toBe(0.05)
    expect(warnings()).toEqual([
      'The reconstruction of curve is not a finite number at step 14. Back to step 10 with half the learning rate.',
    ])
  })

  it('fails the run the second time, naming step, term and modality', async () => {
    const end = train(fakeSession({ ...config, safeRate: 0 }))
    await expect(end).rejects.toMatchObject({
      code: 'failed',
      message: 'The reconstruction of curve was not a finite number at step 14, with half the learning rate too.',
      details: { step: 14, term: 'reconstruction', modality: 'curve' },
    })
  })

  it('remembers over a resume that the rate was halved', async () => {
    react = (event) => {
      if (event.type === 'epoch' && event.metrics.epoch === 2) control.interrupt()
    }
    await train(fakeSession(config))
    await expect(resume({ ...config, nanAt: [14, 25], safeRate: 0 })).rejects.toThrow(/half the learning rate too/)
  })

  it('never gets into a checkpoint: weights that turned NaN are found before they are written', async () => {
    const session = fakeSession({ epochs: 3, spoilAt: 20, safeRate: 0.06 })
    expect((await train(session)).kind).toBe('finished')
    expect(warnings()[0]).toMatch(/^The array weights is not a finite number at step 20\. Back to step 10/)
    expect(session.weights.some(Number.isNaN)).toBe(false)
  })
})

describe('a full disk', () => {
  it('costs one checkpoint, not the run: the one before is kept and the next is tried', async () => {
    const mend = breakDisk({ write: 3, at: { moment: 'byte', byte: 200 }, action: 'full' })
    try {
      expect((await train(fakeSession({ epochs: 4 }))).kind).toBe('finished')
    } finally {
      mend()
    }
    expect(warnings()).toEqual([
      expect.stringMatching(/the disk is full\. The checkpoint at step 10 is kept, training goes on\.$/),
    ])
    expect(ofType('checkpoint').map(({ checkpoint }) => checkpoint.step)).toEqual([0, 10, 30, 40])
  })

  it('stops a run at once that could not keep anything', async () => {
    const mend = breakDisk({ write: 1, at: { moment: 'flush' }, action: 'full', lasting: true })
    try {
      await expect(train(fakeSession({}))).rejects.toThrow(/the disk is full/)
    } finally {
      mend()
    }
    expect(await readdir(path)).toEqual([])
  })

  it('is told when an interrupt cannot be saved, with the checkpoint that stands', async () => {
    react = (event) => {
      if (event.type === 'epoch' && event.metrics.epoch === 2) control.interrupt()
    }
    const mend = breakDisk({ write: 3, at: { moment: 'flush' }, action: 'full', lasting: true })
    try {
      await expect(train(fakeSession({}))).rejects.toThrow(/disk is full.*last checkpoint is at step 10/)
    } finally {
      mend()
    }
  })
})
