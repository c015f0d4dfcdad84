/** The beginning of a run that goes on from a finished one: that one's model, with more epochs before it. */
import { createHash } from 'node:crypto'
import { failed, refused } from '../../src-shared/errors.ts'
import type { TrainerEvent, TrainJob } from '../../src-shared/domain/run.ts'
import { readPlain } from '../datasets/plain-file.ts'
import type { TrainingSession } from '../models/session.ts'
import type { Checkpoint, RunIdentity } from './checkpoint-file.ts'
import { type CheckpointFolder, newestGoodCheckpoint } from './checkpoint-folder.ts'

/**
 * Puts the finished model into the session and leaves it as the run's first checkpoint, from which the run then goes on as
 * from any other.
 */
export async function goOnFrom(
  from: NonNullable<TrainJob['goesOnFrom']>,
  parts: {
    readonly session: TrainingSession
    readonly run: RunIdentity
    /** Throws for a checkpoint of something else. */
    readonly requireOwn: (checkpoint: Checkpoint) => void
    readonly checkpoints: CheckpointFolder
    readonly emit: (event: TrainerEvent) => void
  },
): Promise<Checkpoint> {
  const { session, run, requireOwn, checkpoints, emit } = parts
  const { checkpoint, file } = await newestGoodCheckpoint(from.runFolder)
  if (checkpoint === null || file === null)
    throw failed(
      `The model that this run goes on with is missing: ${from.runFolder} holds no checkpoint that can be read.`,
      'Train anew with more epochs.',
      { file: from.runFolder },
    )
  if (createHash('sha256').update(await readPlain(file)).digest('hex') !== from.sha256)
    throw failed(`The checkpoint ${file} is not the one that run ${from.run} was finished with.`, 'Train anew with more epochs.', { file }) // prettier-ignore
  requireOwn(checkpoint)
  if (session.goOn === undefined)
    throw refused(`A run of ${run.method} does not go on with its model.`, 'Train anew with more epochs.', {
      field: 'method',
    })
  await session.restore(checkpoint.snapshot)
  await session.goOn()
  const first: Checkpoint = { ...checkpoint, run, snapshot: await session.snapshot() }
  emit({ type: 'checkpoint', checkpoint: await checkpoints.save(first, { epochEnd: null, best: false }) })
  return first
}
