/**
 * One task of a work folder, on whatever machine the cluster gave it: a small host with a trainer process of its own, as
 * the window is one. It goes on from the newest checkpoint that an earlier attempt left, on this machine or another.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { TrainerEvent } from '../../../src-shared/domain/run.ts'
import { failed, toErrorData } from '../../../src-shared/errors.ts'
import { plainPieces } from '../../datasets/plain-file.ts'
import { copyInto } from '../../datasets/copy-into.ts'
import { newestGoodCheckpoint } from '../checkpoint-folder.ts'
import type { RunEnd } from '../supervisor.ts'
import type { JobAtWork, Workplace } from '../workplace.ts'
import { CheckpointShelf } from './checkpoint-shelf.ts'
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
  /** A folder of this machine's own: the run is trained in one within it, for a shared file system bears less. */
  readonly scratch: string
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

/**
 * Copies what `newestOfTask` names into the run's folder, unless it is there; returns its step, null where there is none. An
 * attempt that goes on unseen may take it away meanwhile: it has a newer one then, or is at its end.
 */
export async function bringNewest(
  work: string,
  task: number,
  attempts: number,
  runFolder: string,
): Promise<number | null> {
  for (;;) {
    const newest = await newestOfTask(work, task, attempts)
    if (newest === null) return null
    try {
      if (!existsSync(join(runFolder, basename(newest.file)))) await copyInto(runFolder, newest.file)
      return newest.step
    } catch (error) {
      if (existsSync(newest.file)) throw error
    }
  }
}

/** Copies all that a finished run leaves beside its result, the result last, and says what it is. */
async function bringFiles(resultFile: string, to: string) {
  const from = dirname(resultFile)
  const last = basename(resultFile)
  const names = (await readdir(from)).filter((name) => /^[A-Za-z0-9]/.test(name) && !name.endsWith('.lock')).sort()
  const files: { name: string; sha256: string; bytes: number }[] = []
  for (const name of [...names.filter((one) => one !== last), last]) {
    const hash = createHash('sha256')
    let bytes = 0
    for await (const piece of plainPieces(join(from, name))) {
      hash.update(piece)
      bytes += piece.length
    }
    await copyInto(to, join(from, name))
    files.push({ name, sha256: hash.digest('hex'), bytes })
  }
  return files
}

/** Does the task, unless it is done already. Whatever becomes of it stands in the work folder; true when it ended well. */
export async function runTask(work: string, task: number, surroundings: TaskSurroundings): Promise<boolean> {
  if ((await lookAtTask(work, task)).ended) return true
  const attempt = await beginAttempt(work, task, surroundings.start)
  const runFolder = await mkdtemp(join(surroundings.scratch, 'causalscope-task-'))
  try {
    return await attemptTask(work, task, attempt, runFolder, surroundings)
  } catch (error) {
    await writeEnd(work, task, { type: 'failed', attempt, error: toErrorData(error) })
    return false
  } finally {
    await rm(runFolder, { recursive: true, force: true })
  }
}

async function attemptTask(
  work: string,
  task: number,
  attempt: number,
  runFolder: string,
  { place, version, start, leaving }: TaskSurroundings,
): Promise<boolean> {
  const record = await readWork(work)
  if (record?.version !== version)
    throw failed(
      `The program on ${start.node} is Causalscope ${version}, the work was made by ${record?.version ?? 'none that is known'}.`,
      'Let the cluster start the version that made the work, or begin the work again with this one.',
    )
  const resume = (await bringNewest(work, task, attempt - 1, runFolder)) !== null
  const job = await readTask(work, task, runFolder, resume)
  const log = new EventLog(eventsFile(work, task, attempt))
  const shelf = new CheckpointShelf(attemptRun(work, task, attempt), record.shareSeconds)
  const hear = (event: TrainerEvent): void => {
    if (event.type === 'checkpoint') shelf.hear(event.checkpoint)
    if (event.type !== 'done' && event.type !== 'interrupted' && event.type !== 'failed') log.add(event)
  }
  const run = place.start(job, { event: hear })
  leaving.leave = () => run.interrupt()
  if (leaving.reason !== null) run.interrupt()
  // By an attempt that began after this one, or by one before it that came to its end unseen.
  const isSuperseded = async (): Promise<boolean> => {
    const { attempts, ended } = await lookAtTask(work, task)
    return ended || attempts > attempt
  }
  const stopWatch = watch(record.tellSeconds, [() => log.flush(), () => shelf.share()], run, isSuperseded)
  const end = await run.ended
  const superseded = await stopWatch()
  if (superseded || end === null) return true
  await log.flush()
  return tellEnd(work, task, attempt, end, shelf, leaving)
}

/** Writes what is said now and then, and ends the run once another attempt takes its place; the returned function says whether one has. */
function watch(
  seconds: number,
  writes: readonly (() => Promise<void>)[],
  run: JobAtWork,
  isSuperseded: () => Promise<boolean>,
): () => Promise<boolean> {
  let superseded = false
  let looking: Promise<void> = Promise.resolve()
  const look = async (): Promise<void> => {
    // A shared file system that does not answer for a while costs nothing but news.
    for (const write of writes) await write().catch(() => undefined)
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
  shelf: CheckpointShelf,
  leaving: Leaving,
): Promise<boolean> {
  if (end.type === 'interrupted') {
    await shelf.share(true)
    await writeLeft(work, task, attempt, { reason: leaving.reason ?? 'asked', step: end.step })
    return true
  }
  if (end.type === 'failed') {
    await writeEnd(work, task, { type: 'failed', attempt, error: end.error })
    return false
  }
  await shelf.clear()
  const files = await bringFiles(end.resultFile, attemptRun(work, task, attempt))
  const kept = files.some(({ name }) => name === shelf.newest) ? shelf.info : null
  const event = { ...end, edges: [...end.edges] }
  await writeEnd(work, task, { type: 'done', attempt, event, checkpoint: kept, files })
  return true
}
