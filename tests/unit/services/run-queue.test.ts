import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openProject, openProjectReadOnly } from '../../../src-main/project/project.ts'
import { listRuns, readRun } from '../../../src-main/project/runs.ts'
import { readResultFile } from '../../../src-main/project/results.ts'
import { readEpochs, readLog } from '../../../src-main/project/run-history.ts'
import { RunQueue, type RunRequest } from '../../../src-main/services/run-queue.ts'
import type { RunStatus, TrainerEvent } from '../../../src-shared/domain/run.ts'
import { projectFolder, smallDataset } from '../project/project-folder.ts'
import { done, epochEvent, scriptedTrainers, started } from './scripted-trainer.ts'

const lab = projectFolder()

async function queueOn(samples = 40) {
  const project = lab.open()
  const dataset = await lab.ingest(project, smallDataset(samples))
  const { supervisor, next } = scriptedTrainers()
  const queue = new RunQueue(project, supervisor)
  const request: RunRequest = {
    datasetId: dataset.id,
    method: 'causal-pima',
    config: { training: { epochs: 2 } },
    seed: 7,
    engine: 'wasm',
    threads: 2,
    name: null,
  }
  const statusOf = (id: number): RunStatus => readRun(project.database, id).status
  return { project, dataset, queue, next, request, statusOf }
}

describe('the queue of runs', () => {
  it('gives the trainer all that pins the run', async () => {
    const { project, dataset, queue, next, request } = await queueOn()
    const run = queue.start(request)
    const trainer = await next()
    expect(trainer.job).toMatchObject({
      runId: run.id,
      packSha256: dataset.sha256,
      seed: 7,
      engine: 'wasm',
      threads: 2,
      resume: false,
    })
    expect(trainer.job?.config).toMatchObject({ training: { epochs: 2, pretrainEpochs: 20 } })
    expect(readRun(project.database, run.id).config).toEqual(trainer.job?.config)
    trainer.end({ type: 'interrupted', step: 0 })
    await queue.ended(run.id)
  })

  it('sets the files of an earlier project of this name aside', async () => {
    const { queue, next, request } = await queueOn()
    const folder = `${lab.file}.files/runs`
    mkdirSync(join(folder, '1'), { recursive: true })
    writeFileSync(join(folder, '1', 'checkpoint'), 'of another run')
    const run = queue.start(request)
    const trainer = await next()
    expect(readdirSync(trainer.job!.runFolder)).toEqual(['last-word.json'])
    expect(readdirSync(join(folder, '1.before-1'))).toEqual(['checkpoint'])
    trainer.end({ type: 'interrupted', step: 0 })
    await queue.ended(run.id)
  })

  it('queues several seeds, or none of them where one cannot be stored', async () => {
    const { project, queue, next, request } = await queueOn()
    const trigger = `CREATE TEMP TRIGGER full BEFORE INSERT ON runs WHEN NEW.seed = 9
                     BEGIN SELECT RAISE(ABORT, 'no room'); END`
    project.database.execute(trigger)
    expect(() => queue.startSeeds({ ...request, name: 'Struts' }, 5)).toThrow('no room')
    expect(listRuns(project.database)).toEqual([])
    expect(queue.active).toEqual([])
    project.database.execute('DROP TRIGGER full')
    const runs = queue.startSeeds({ ...request, name: 'Struts' }, 3)
    expect(runs.map(({ name, seed }) => [name, seed])).toEqual([
      ['Struts, seed 7', 7],
      ['Struts, seed 8', 8],
      ['Struts, seed 9', 9],
    ])
    expect(queue.active).toEqual(runs.map(({ id }) => id))
    for (const { id } of runs) {
      const trainer = await next()
      expect(trainer.job?.runId).toBe(id)
      trainer.end({ type: 'interrupted', step: 0 })
      await queue.ended(id)
    }
  })

  it('trains one at a time, in order', async () => {
    const { queue, next, request, statusOf } = await queueOn()
    const [first, second] = [queue.start(request), queue.start(request)]
    expect(queue.active).toEqual([first.id, second.id])
    const trainer = await next()
    trainer.say(started)
    expect([statusOf(first.id), statusOf(second.id)]).toEqual(['running', 'queued'])
    trainer.end(done(trainer.job!.runFolder))
    const after = await next()
    expect(after.job?.runId).toBe(second.id)
    expect(statusOf(first.id)).toBe('done')
    after.end({ type: 'interrupted', step: 3 })
    expect((await queue.ended(second.id)).status).toBe('interrupted')
    expect(queue.active).toEqual([])
  })

  it('has written an event before anyone hears of it', async () => {
    const { project, queue, next, request, statusOf } = await queueOn()
    const run = queue.start(request)
    const heard: string[] = []
    queue.observe({
      event: (id, event) => {
        const epochs = readEpochs(project.database, id).length
        heard.push(`${event.type} ${statusOf(id)} ${epochs}`)
      },
    })
    const trainer = await next()
    const say = (...events: TrainerEvent[]) => events.forEach((event) => trainer.say(event))
    say(started, epochEvent(0), { type: 'paused' }, { type: 'resumed' }, epochEvent(1), epochEvent(4))
    say({ type: 'log', level: 'warning', message: 'a component was re-seeded' })
    trainer.end(done(trainer.job!.runFolder))
    const ended = await queue.ended(run.id)
    expect(heard).toEqual([
      'started running 0',
      'epoch running 1',
      'paused paused 1',
      'resumed running 1',
      'epoch running 2',
      'epoch running 3',
      'log running 3',
      'done done 3',
    ])
    expect(ended).toMatchObject({
      engine: 'wasm',
      epoch: 5,
      epochs: 5,
      seconds: 8,
      score: -3,
      edges: [{ from: 'A', to: 'B', toMark: 'tail' }],
    })
    expect(readLog(project.database, run.id).map((line) => line.message)).toEqual(['a component was re-seeded'])
    expect(readResultFile(project.database, run.id).sha256).toBe('cd'.repeat(32))
  })

  it('passes pause, continue and interrupt to the run at work only', async () => {
    const { queue, next, request } = await queueOn()
    const [first, second] = [queue.start(request), queue.start(request)]
    const trainer = await next()
    queue.pause(second.id)
    queue.pause(first.id)
    queue.continue(first.id)
    queue.interrupt(first.id)
    expect(trainer.commands).toEqual(['start', 'pause', 'continue', 'interrupt'])
    queue.interrupt(second.id)
    trainer.end({ type: 'interrupted', step: 1 })
    expect((await queue.ended(second.id)).status).toBe('interrupted')
    expect((await queue.ended(first.id)).status).toBe('interrupted')
  })

  it('stops everything on closing, the waiting runs without starting them', async () => {
    const { project, queue, next, request } = await queueOn()
    queue.start(request)
    queue.start(request)
    const trainer = await next()
    const closed = queue.close()
    expect(trainer.commands).toContain('interrupt')
    trainer.end({ type: 'interrupted', step: 1 })
    await closed
    expect(listRuns(project.database).map((run) => run.status)).toEqual(['interrupted', 'interrupted'])
  })

  it('may be interrupted before its trainer is there', async () => {
    const { queue, request } = await queueOn()
    const run = queue.start(request)
    queue.interrupt(run.id)
    expect((await queue.ended(run.id)).status).toBe('interrupted')
  })

  it('resumes what was interrupted or failed, and nothing else', async () => {
    const { queue, next, request, statusOf } = await queueOn()
    const run = queue.start(request)
    expect(() => queue.resume(run.id)).toThrow(/is queued/)
    const trainer = await next()
    trainer.say(started)
    trainer.exit({ code: null, signal: 'SIGSEGV' })
    const failed = await queue.ended(run.id)
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'failed' } })
    queue.resume(run.id)
    const again = await next()
    expect(again.job).toMatchObject({ runId: run.id, resume: true, config: trainer.job!.config })
    expect(statusOf(run.id)).toBe('queued')
    again.end(done(again.job!.runFolder))
    expect(await queue.ended(run.id)).toMatchObject({ status: 'done', error: null })
    expect(() => queue.resume(run.id)).toThrow(/is done/)
  })

  it('stores nothing of a request that is refused', async () => {
    const { project, queue, request } = await queueOn()
    expect(() => queue.start({ ...request, method: 'causal-complete', config: {} })).toThrow(/no label column|No label/)
    expect(() => queue.start({ ...request, config: { epochs: 3 } })).toThrow(/no setting "epochs"/)
    expect(() => queue.start({ ...request, config: { modalities: ['pictur'] } })).toThrow(/no modality "pictur"/)
    expect(() => queue.start({ ...request, datasetId: 9 })).toThrow(/no data set 9/)
    expect(listRuns(project.database)).toEqual([])
  })

  it('stops a run whose history the disk no longer takes, and says so', async () => {
    const { project, queue, next, request } = await queueOn()
    const run = queue.start(request)
    const trainer = await next()
    trainer.say(started)
    project.database.execute('PRAGMA max_page_count = 1')
    const long: TrainerEvent = { type: 'log', level: 'info', message: 'x'.repeat(200_000) }
    trainer.say(long)
    expect(trainer.commands).toContain('interrupt')
    trainer.end({ type: 'interrupted', step: 5 })
    const ended = await queue.ended(run.id)
    expect(ended).toMatchObject({ status: 'failed' })
    expect(ended.error?.message).toMatch(/disk is full/)
  })

  it('keeps why a run ended when its end cannot be written, for as long as that takes', async () => {
    const { project, queue, next, request, statusOf } = await queueOn()
    const run = queue.start(request)
    const waiting = queue.start(request)
    const trainer = await next()
    trainer.say(started)
    // Not one page more, in the log or the file.
    project.database.execute('PRAGMA query_only = 1')
    queue.interrupt(waiting.id)
    expect(await queue.ended(waiting.id)).toMatchObject({ status: 'interrupted' })
    trainer.end({ type: 'interrupted', step: 5 })
    const failed = { status: 'failed', error: { message: expect.stringContaining('cannot be written') as string } }
    expect(await queue.ended(run.id)).toMatchObject(failed)
    expect(listRuns(project.database)[0]).toMatchObject(failed)
    expect(() => queue.resume(run.id)).toThrow(/cannot be written/)
    await queue.close()
    // As the machine is switched off then: the copy is opened as the file would be.
    const copy = join(lab.folder, 'copy.causalscope')
    for (const end of ['', '-wal', '.files']) cpSync(lab.file + end, copy + end, { recursive: true })
    const reader = openProjectReadOnly(copy)
    expect(readRun(reader.database, run.id)).toMatchObject(failed)
    reader.close()
    const again = openProject(copy, { program: 'a test' })
    expect(readRun(again.database, run.id)).toMatchObject(failed)
    expect(readRun(again.database, waiting.id)).toMatchObject({ status: 'interrupted' })
    expect(again.recovered).toEqual([])
    again.close()
    // And as the disk has room again.
    project.database.execute('PRAGMA query_only = 0')
    queue.resume(run.id)
    const resumed = await next()
    expect(statusOf(run.id)).toBe('queued')
    resumed.end(done(resumed.job!.runFolder))
    expect(await queue.ended(run.id)).toMatchObject({ status: 'done', error: null })
    expect(existsSync(join(resumed.job!.runFolder, 'last-word.json'))).toBe(false)
  })

  it('keeps a pause that comes before there is a trainer', async () => {
    const { queue, next, request } = await queueOn()
    const [first, second, third] = [queue.start(request), queue.start(request), queue.start(request)]
    for (const run of [first, second, third]) queue.pause(run.id)
    queue.continue(third.id)
    for (const commands of [['start', 'pause'], ['start', 'pause'], ['start']]) {
      const trainer = await next()
      expect(trainer.commands).toEqual(commands)
      trainer.end({ type: 'interrupted', step: 1 })
    }
    await queue.ended(third.id)
  })

  it('fails a run whose data are no longer those imported', async () => {
    const project = lab.open()
    const dataset = await lab.ingest(project, smallDataset(40), { largestInside: 0 })
    const { supervisor } = scriptedTrainers()
    const queue = new RunQueue(project, supervisor)
    rmSync(`${lab.file}.files/datasets`, { recursive: true })
    const run = queue.start({
      datasetId: dataset.id,
      method: 'causal-pima',
      config: {},
      seed: 0,
      engine: 'auto',
      threads: null,
      name: 'late',
    })
    expect(await queue.ended(run.id)).toMatchObject({
      status: 'failed',
      error: { message: expect.stringContaining('missing') as string },
    })
  })
})
