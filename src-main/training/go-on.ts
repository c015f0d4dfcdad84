/** The beginning of a run that goes on from a finished one: that one's model, with more epochs before it. */
import { createHash } from 'node:crypto'
import { refused } from '../../src-shared/errors.ts'
import type { TrainerEvent, TrainJob } from '../../src-shared/domain/run.ts'
import type { Method } from '../../src-shared/methods/list.ts'
import { readPlain } from '../datasets/plain-file.ts'
import { roomOf } from '../models/methods.ts'
import type { TrainingSession } from '../models/session.ts'
import type { Checkpoint, RunIdentity } from './checkpoint-file.ts'
import { type CheckpointFolder, newestGoodCheckpoint } from './checkpoint-folder.ts'

type From = NonNullable<TrainJob['goesOnFrom']>

const anew = 'Train anew with more epochs: duplicate the run, or use causalscope train.'

/** The model of a finished run. Throws `refused` where it is gone, another than it was, or lacks what training goes on with. */
export async function finishedModel(from: From, method: Method): Promise<Checkpoint> {
  const { run, runFolder, sha256 } = from
  const details = { file: runFolder, id: String(run) }
  const { checkpoint, file } = await newestGoodCheckpoint(runFolder)
  if (checkpoint === null || file === null)
    throw refused(`The model of run ${run} is not kept: ${runFolder} holds no checkpoint that can be read.`, anew, details) // prettier-ignore
  if (
    createHash('sha256')
      .update(await readPlain(file))
      .digest('hex') !== sha256
  )
    throw refused(`The checkpoint ${file} is not the one that run ${run} was finished with.`, anew, details)
  const lacks = roomOf(method).lacks?.(checkpoint.snapshot) ?? null
  if (lacks !== null) throw refused(`Run ${run} takes no more epochs: ${lacks}`, anew, details)
  return checkpoint
}

/**
 * Puts the finished model into the session and leaves it as the run's first checkpoint, from which the run then goes on as
 * from any other.
 */
export async function goOnFrom(
  from: From,
  parts: {
    readonly session: TrainingSession
    readonly method: Method
    readonly run: RunIdentity
    /** Throws for a checkpoint of something else. */
    readonly requireOwn: (checkpoint: Checkpoint) => void
    readonly checkpoints: CheckpointFolder
    readonly emit: (event: TrainerEvent) => void
  },
): Promise<Checkpoint> {
  const { session, method, run, requireOwn, checkpoints, emit } = parts
  const checkpoint = await finishedModel(from, method)
  requireOwn(checkpoint)
  if (session.goOn === undefined)
    throw refused(`A run of ${method} does not go on with its model.`, anew, { field: 'method' })
  await session.restore(checkpoint.snapshot)
  await session.goOn()
  const first: Checkpoint = { ...checkpoint, run, snapshot: await session.snapshot() }
  emit({ type: 'checkpoint', checkpoint: await checkpoints.save(first, { epochEnd: null, best: false }) })
  return first
}
