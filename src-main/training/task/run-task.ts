/**
 * One task of a work folder, on whatever machine the cluster gave it: a small host with a trainer process of its own, as
 * the window is one. It goes on from the newest checkpoint that an earlier attempt left, on this machine or another.
 */
import { createHash } from 'node:crypto'
import { copyFile, readdir, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { CheckpointInfo, TrainerEvent } from '../../../src-shared/domain/run.ts'
import { failed, toErrorData } from '../../../src-shared/errors.ts'
import { makeFolder } from '../../datasets/make-folder.ts'
import { plainPieces } from '../../datasets/plain-file.ts'
import { temporaryBeside } from '../../datasets/whole-file.ts'
import { newestGoodCheckpoint } from '../checkpoint-folder.ts'
import type { RunEnd } from '../supervisor.ts'
import type { JobAtWork, Workplace } from '../workplace.ts'
import { EventLog } from './event-log.ts'
import {
  attemptRun,
  type AttemptStart,
  beginAttempt,
  eventsFile,
  lookAtTask,
  readTask,
  readWork,
  seedFolder,
  writeEnd,
  writeLeft,
} from './work-folder.ts'

/** How the task is asked to go: registered by whoever hears the machine's signals. */
export interface Leaving {
  reason: 'time' | 'asked' | null
  leave: (reason: 'time' | 'asked') => void
}

export interface TaskSurroundings {
  readonly place: Pick<Workplace, 'start'>
  readonly version: string
  readonly start: AttemptStart
  readonly leaving: Leaving
}

/** The newest good checkpoint of earlier attempts and of what the task was given; null where there is none. */
export async function newestOfTask(
  work: string,
  task: number,
  attempts: number,
): Promise<{ file: string; step: number } | null> {
  const folders = [
    seedFolder(work, task),
    ...Array.from({ length: attempts }, (_, at) => attemptRun(work, task, at + 1)),
  ]
  let newest: { file: string; step: number } | null = null
  for (const folder of folders) {
    const { checkpoint, file } = await newestGoodCheckpoint(folder).catch(() => ({ checkpoint: null, file: null }))
    if (checkpoint !== null && file !== null && checkpoint.step >= (newest?.step ?? 0))
      newest = { file, step: checkpoint.step }
  }
  return newest
}

/** Copies a file into a folder under its own name, whole or not at all. */
export async function copyInto(folder: string, file: string): Promise<string> {
  await makeFolder(folder)
  const target = join(folder, basename(file))
  const temporary = temporaryBeside(target)
  await copyFile(file, temporary)
  await rename(temporary, target)
  return target
}

async function filesOf(folder: string, last: string) {
  const names = (await readdir(folder)).filter((name) => /^[A-Za-z0-9]/.test(name) && !name.endsWith('.lock')).sort()
  const ordered = [...names.filter((name) => name !== last), last]
  return Promise.all(
    ordered.map(async (name) => {
      const hash = createHash('sha256')
      let bytes = 0
      for await (const piece of plainPieces(join(folder, name))) {
        hash.update(piece)
        bytes += piece.length
      }
      return { name, sha256: hash.digest('hex'), bytes }
    }),
  )
}

/** Does the task, unless it is done already. Whatever becomes of it stands in the work folder; true when it ended well. */
export async function runTask(work: string, task: number, surroundings: TaskSurroundings): Promise<boolean> {
  const { version, start, leaving } = surroundings
  if ((await lookAtTask(work, task)).ended) return true
  const attempt = await beginAttempt(work, task, start)
  try {
    const record = await readWork(work)
    if (record?.version !== version)
      throw failed(
        `The program on ${start.node} is Causalscope ${version}, the work was made by ${record?.version ?? 'none that is known'}.`,
        'Let the cluster start the version that made the work, or begin the work again with this one.',
      )
    const before = await newestOfTask(work, task, attempt - 1)
    if (before !== null) await copyInto(attemptRun(work, task, attempt), before.file)
    const job = await readTask(work, task, attempt, before !== null)
    const log = new EventLog(eventsFile(work, task, attempt))
    let checkpoint: CheckpointInfo | null = null
    const hear = (event: TrainerEvent): void => {
      if (event.type === 'checkpoint') ({ checkpoint } = event)
      if (event.type !== 'done' && event.type !== 'interrupted' && event.type !== 'failed') log.add(event)
    }
    const run = surroundings.place.start(job, { event: hear })
    leaving.leave = () => run.interrupt()
    if (leaving.reason !== null) run.interrupt()
    const stopWatch = watch(record.tellSeconds, log, run, async () => (await lookAtTask(work, task)).attempts > attempt)
    const end = await run.ended
    const superseded = await stopWatch()
    if (superseded || end === null) return true
    await log.flush()
    return await tellEnd(work, task, attempt, end, checkpoint, leaving)
  } catch (error) {
    await writeEnd(work, task, { type: 'failed', attempt, error: toErrorData(error) })
    return false
  }
}

/** Writes what is said now and then, and ends the run once another attempt has begun; the returned function says whether one has. */
function watch(
  seconds: number,
  log: EventLog,
  run: JobAtWork,
  isSuperseded: () => Promise<boolean>,
): () => Promise<boolean> {
  let superseded = false
  let looking: Promise<void> = Promise.resolve()
  const look = async (): Promise<void> => {
    // A shared file system that does not answer for a while costs nothing but news.
    await log.flush().catch(() => undefined)
    superseded ||= await isSuperseded().catch(() => false)
    if (superseded) run.kill()
  }
  const timer = setInterval(() => {
    looking = looking.then(look)
  }, seconds * 1000)
  return async () => {
    clearInterval(timer)
    await looking
    return superseded
  }
}

async function tellEnd(
  work: string,
  task: number,
  attempt: number,
  end: RunEnd,
  checkpoint: CheckpointInfo | null,
  leaving: Leaving,
): Promise<boolean> {
  if (end.type === 'interrupted') {
    await writeLeft(work, task, attempt, { reason: leaving.reason ?? 'asked', step: end.step })
    return true
  }
  if (end.type === 'failed') {
    await writeEnd(work, task, { type: 'failed', attempt, error: end.error })
    return false
  }
  const files = await filesOf(attemptRun(work, task, attempt), basename(end.resultFile))
  const kept = checkpoint !== null && files.some(({ name }) => name === basename(checkpoint.file)) ? checkpoint : null
  await writeEnd(work, task, {
    type: 'done',
    attempt,
    event: { ...end, edges: [...end.edges] },
    checkpoint: kept,
    files,
  })
  return true
}
