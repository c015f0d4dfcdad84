import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readEpochs } from '../../../src-main/project/run-history.ts'
import { readRunRecord } from '../../../src-main/project/runs.ts'
import { runFolder } from '../../../src-main/project/folders.ts'
import { goOnRequest } from '../../../src-main/services/go-on.ts'
import { RunQueue } from '../../../src-main/services/run-queue.ts'
import type { Method } from '../../../src-shared/domain/run.ts'
import { projectFolder, smallDataset } from '../project/project-folder.ts'
import { done, epochEvent, scriptedTrainers, started } from './scripted-trainer.ts'

const lab = projectFolder()
const sha256 = 'ef'.repeat(32)

/** A queue, and a way to a run that has said all that a run says. */
async function finishing() {
  const project = lab.open()
  const dataset = await lab.ingest(project, smallDataset(40))
  const { supervisor, next } = scriptedTrainers()
  const queue = new RunQueue(project, supervisor)
  const finish = async (method: Method = 'causal-pima'): Promise<number> => {
    const run = queue.start({
      ...{ datasetId: dataset.id, method, config: {}, seed: 7, engine: 'wasm', threads: 2, name: 'First' },
    })
    const trainer = await next()
    for (const event of [started, epochEvent(0), epochEvent(1)]) trainer.say(event)
    const folder = runFolder(project.file, run.id)
    mkdirSync(folder, { recursive: true })
    const file = join(folder, 'checkpoint-000001-step-20.ckpt')
    writeFileSync(file, 'a model')
    trainer.say({ type: 'checkpoint', checkpoint: { file, step: 20, epoch: 2, sha256, bytes: 7, kind: 'last' } })
    trainer.end(done(folder))
    await queue.ended(run.id)
    return run.id
  }
  return { project, queue, next, finish }
}

it('starts a run like the finished one but for its epochs, with its model and its curve so far', async () => {
  const { project, queue, next, finish } = await finishing()
  const first = await finish()
  const before = readRunRecord(project.database, first)
  const { id } = queue.start(goOnRequest(project.database, first, 20))
  const trainer = await next()
  const { config, ...rest } = trainer.job!
  expect(rest).toMatchObject({
    ...{ runId: id, method: 'causal-pima', seed: 7, engine: 'wasm', threads: 2, resume: false },
    goesOnFrom: { run: first, epoch: 2, sha256, runFolder: runFolder(project.file, first) },
  })
  const { training, ...others } = before.summary.config as { training: { epochs: number } }
  expect(config).toEqual({ ...others, training: { ...training, epochs: training.epochs + 20 } })
  const record = readRunRecord(project.database, id)
  expect(record.summary.name).toBe('First, 20 more epochs')
  expect(record.goesOnFrom).toEqual({ run: first, epoch: 2, sha256 })
  expect(readEpochs(project.database, id)).toEqual(readEpochs(project.database, first))
  trainer.end({ type: 'interrupted', step: 20 })
  await queue.ended(id)

  // Its own checkpoint or the other's model: never its beginning.
  queue.resume(id)
  const again = await next()
  expect(again.job).toMatchObject({ resume: true, goesOnFrom: { run: first, sha256 } })
  again.end({ type: 'interrupted', step: 20 })
  await queue.ended(id)
  expect(() => goOnRequest(project.database, id, 20)).toThrow('only a finished run takes more epochs')
})

it('refuses where more epochs are another training, or the model is gone', async () => {
  const { project, finish } = await finishing()
  const falling = await finish('partial-causal')
  expect(() => goOnRequest(project.database, falling, 20)).toThrow('its learning rate has fallen to its end')
  const gone = await finish()
  project.database.run('DELETE FROM checkpoints WHERE run_id = ?', gone)
  expect(() => goOnRequest(project.database, gone, 20)).toThrow('its folder holds no checkpoint')
})
