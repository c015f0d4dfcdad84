import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readCheckpoints, readEpochs } from '../../../src-main/project/run-history.ts'
import { listRuns, readRunRecord } from '../../../src-main/project/runs.ts'
import { runFolder } from '../../../src-main/project/folders.ts'
import { goOnRequest, whyNotOn } from '../../../src-main/services/go-on.ts'
import { RunQueue } from '../../../src-main/services/run-queue.ts'
import { type Checkpoint, writeCheckpoint } from '../../../src-main/training/checkpoint-file.ts'
import type { Method } from '../../../src-shared/domain/run.ts'
import { projectFolder, smallDataset } from '../project/project-folder.ts'
import { done, epochEvent, scriptedTrainers, started } from './scripted-trainer.ts'

const lab = projectFolder()

/** A finished model's state as this version leaves it, in what is asked of it. */
const finished = {
  ...{ stage: 'finished', attempt: 0, epoch: 2, stageEpoch: 0, stepInEpoch: 0, step: 20, trainingSeconds: 1 },
  ...{ learningRate: 1e-3, rowsInEpoch: 0, best: null, last: null, emptyEpochs: [], assignment: null, gap: null },
  ...{ kept: null, keepsGuide: true, warnings: [] },
}

function model(state: unknown): Checkpoint {
  return {
    ...{ step: 20, epoch: 2, seconds: 1, rateHalved: false, told: null },
    run: { method: 'causal-pima', seed: 7, datasetSha256: '', configSha256: '', engine: 'wasm', threads: 2 },
    snapshot: { state: { state, adamSteps: {} }, arrays: {} },
  }
}

/** A queue, and a way to a run that has said all that a run says. */
async function finishing() {
  const project = lab.open()
  const dataset = await lab.ingest(project, smallDataset(40))
  const { supervisor, next } = scriptedTrainers()
  const queue = new RunQueue(project, supervisor)
  const finish = async (method: Method = 'causal-pima', state: unknown = finished): Promise<number> => {
    const run = queue.start({
      ...{ datasetId: dataset.id, method, config: {}, seed: 7, engine: 'wasm', threads: 2, name: 'First' },
    })
    const trainer = await next()
    for (const event of [started, epochEvent(0), epochEvent(1)]) trainer.say(event)
    const folder = runFolder(project.file, run.id)
    mkdirSync(folder, { recursive: true })
    const file = join(folder, 'checkpoint-000001-step-20.ckpt')
    const written = await writeCheckpoint(file, model(state))
    trainer.say({ type: 'checkpoint', checkpoint: { file, step: 20, epoch: 2, kind: 'last', ...written } })
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
  const { sha256 } = readCheckpoints(project.database, first)[0]!
  const { id } = queue.start(await goOnRequest(project.database, first, 20))
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
  await expect(goOnRequest(project.database, id, 20)).rejects.toThrow('only a finished run takes more epochs')
})

it('refuses where more epochs are another training, or the model is gone', async () => {
  const { project, finish } = await finishing()
  const falling = await finish('partial-causal')
  await expect(goOnRequest(project.database, falling, 20)).rejects.toThrow('its learning rate has fallen to its end')
  const gone = await finish()
  project.database.run('DELETE FROM checkpoints WHERE run_id = ?', gone)
  await expect(goOnRequest(project.database, gone, 20)).rejects.toThrow('no checkpoint of it is known')
})

it('refuses, and queues nothing, where the model is another, unreadable, or of an earlier version', async () => {
  const { project, finish } = await finishing()
  const older = await finish('causal-pima', { ...finished, keepsGuide: undefined })
  await expect(goOnRequest(project.database, older, 20)).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining(
      `Run ${older} takes no more epochs: it was finished by an earlier version`,
    ) as string,
    hint: expect.stringContaining('Train anew with more epochs') as string,
  })
  expect(await whyNotOn(project.database, older)).toMatchObject({ code: 'refused' })

  const other = await finish()
  const { file } = readCheckpoints(project.database, other)[0]!
  await writeCheckpoint(file, { ...model(finished), seconds: 2 })
  await expect(goOnRequest(project.database, other, 20)).rejects.toThrow('is not the one that run 2 was finished with')
  writeFileSync(file, 'a model')
  await expect(goOnRequest(project.database, other, 20)).rejects.toThrow('holds no checkpoint that can be read')
  expect(listRuns(project.database)).toHaveLength(2)

  const sound = await finish()
  expect(await whyNotOn(project.database, sound)).toBeNull()
})
