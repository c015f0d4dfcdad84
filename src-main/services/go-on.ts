/** A finished run is trained on: a new run, all as in the earlier one but for more epochs, that begins with its model. */
import * as v from 'valibot'
import { CausalscopeError, type ErrorData, refused } from '../../src-shared/errors.ts'
import type { TrainJob } from '../../src-shared/domain/run.ts'
import { definitionOf } from '../../src-shared/methods/available.ts'
import type { ReadableDatabase } from '../project/database.ts'
import { runFolder } from '../project/folders.ts'
import { contentSha256 } from '../project/packs.ts'
import { preparedNames } from '../project/preparations.ts'
import { readCheckpoints } from '../project/run-history.ts'
import { readRunRecord, type RunRecord } from '../project/runs.ts'
import { finishedModel } from '../training/go-on.ts'
import type { RunRequest } from './run-queue.ts'

const withEpochs = v.looseObject({ training: v.looseObject({ epochs: v.number() }) })

/**
 * What the queue starts. Throws `refused` for a run that is not finished, whose method does not go on, or whose model is
 * gone or lacks what training goes on with, as those of earlier versions do.
 */
export async function goOnRequest(database: ReadableDatabase, id: number, epochs: number): Promise<RunRequest> {
  const { summary: run, datasetSha256, requestedEngine, requestedThreads } = readRunRecord(database, id)
  const anew = 'Train anew with more epochs: duplicate the run, or use causalscope train.'
  const details = { id: String(id) }
  if (run.status !== 'done')
    throw refused(`${run.name} is ${run.status}: only a finished run takes more epochs.`, 'Wait for it, or resume it.', details) // prettier-ignore
  const { title, results } = definitionOf(run.method)
  if (results.goesOn !== true)
    throw refused(`A run of ${title} has no more epochs to take: its learning rate has fallen to its end.`, anew, details) // prettier-ignore
  const checkpoint = readCheckpoints(database, id).at(-1)
  if (checkpoint === undefined)
    throw refused(`The model of ${run.name} is not kept: no checkpoint of it is known.`, anew, details)
  const goesOnFrom = { run: id, epoch: checkpoint.epoch, sha256: checkpoint.sha256 }
  await finishedModel({ ...goesOnFrom, runFolder: runFolder(database.file, id) }, run.method)
  const config = v.parse(withEpochs, run.config)
  if (contentSha256(database, run.datasetId, preparedNames(database, run.datasetId, config)) !== datasetSha256)
    throw refused(`The data have changed since ${run.name} was trained.`, anew, details)
  return {
    ...{ datasetId: run.datasetId, method: run.method, seed: run.seed },
    ...{ engine: requestedEngine, threads: requestedThreads },
    config: { ...config, training: { ...config.training, epochs: config.training.epochs + epochs } },
    name: `${run.name.slice(0, 160)}, ${epochs} more ${epochs === 1 ? 'epoch' : 'epochs'}`,
    goesOnFrom,
  }
}

/** Why a run takes no more epochs, in words; null where it does. */
export async function whyNotOn(database: ReadableDatabase, id: number): Promise<ErrorData | null> {
  try {
    await goOnRequest(database, id, 1)
    return null
  } catch (error) {
    if (error instanceof CausalscopeError) return error.toData()
    throw error
  }
}

/** What the trainer begins with; undefined for a run that began at its beginning. */
export function goesOnFrom({ goesOnFrom: from }: RunRecord, file: string): TrainJob['goesOnFrom'] {
  return from === null ? undefined : { ...from, runFolder: runFolder(file, from.run) }
}
