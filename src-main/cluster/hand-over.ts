/** What passes between a project and a work folder: jobs with their data out, results and checkpoints back. */
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { failed, refused } from '../../src-shared/errors.ts'
import type { TrainJob } from '../../src-shared/domain/run.ts'
import { copyInto } from '../datasets/copy-into.ts'
import { makeFolder } from '../datasets/make-folder.ts'
import { plainPieces } from '../datasets/plain-file.ts'
import { temporaryBeside, writeWhole } from '../datasets/whole-file.ts'
import { newestGoodCheckpoint } from '../training/checkpoint-folder.ts'
import { bringNewest } from '../training/task/run-task.ts'
import {
  attemptRun,
  featuresFolder,
  makeWork,
  packFile,
  seedFolder,
  type TaskEnd,
  taskFolder,
  type Work,
  writeTask,
} from '../training/task/work-folder.ts'
import { taskProgram, taskScript } from './script.ts'

/** Throws `refused` unless the folder can be made and written. */
export async function requireSharedFolder(folder: string): Promise<void> {
  if (folder === '')
    throw refused(
      'No folder is named for the tasks of the cluster.',
      'Name one that this machine and the nodes see under the same path: --work-folder, or the settings of the study.',
      { field: 'work-folder' },
    )
  const probe = join(resolve(folder), `.causalscope-${randomUUID()}`)
  try {
    await makeFolder(resolve(folder))
    await writeWhole(probe, [''])
  } catch (error) {
    throw refused(
      `Nothing can be written into ${resolve(folder)}: ${error instanceof Error ? error.message : String(error)}`,
      'Name a folder of yours that this machine and the nodes see: --work-folder.',
      { file: folder, field: 'work-folder' },
    )
  } finally {
    await rm(probe, { force: true })
  }
}

/** Makes a work folder of a new name within `parent`. */
export async function newWorkFolder(
  parent: string,
  name: string,
  record: Omit<Work, 'format' | 'key'>,
): Promise<{ folder: string; key: string }> {
  const key = randomUUID()
  const stamp = new Date().toISOString().replace(/[-:]|\..*$/g, '')
  const plain = name.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 40)
  const folder = join(resolve(parent), `causalscope-${plain}-${stamp}-${key.slice(0, 8)}`)
  await mkdir(folder)
  await makeWork(folder, { format: 1, key, ...record })
  return { folder, key }
}

/** Puts a job into the folder, with what it reads: data and models once for all tasks, its own checkpoint where it has one. */
export async function addTask(folder: string, task: number, job: TrainJob): Promise<void> {
  const pack = packFile(folder, job.packSha256)
  if (!(await isThere(pack))) await copyInto(join(folder, 'data'), job.packFile)
  if (job.features !== undefined) {
    const place = featuresFolder(folder, job.features.run)
    if (!(await isThere(place))) await copyNewest(job.features.runFolder, place)
  }
  if (job.resume) await copyNewest(job.runFolder, seedFolder(folder, task))
  await writeTask(folder, task, job)
}

const isThere = (path: string): Promise<boolean> =>
  open(path, 'r').then(
    (handle) => handle.close().then(() => true),
    () => false,
  )

async function copyNewest(from: string, to: string): Promise<void> {
  const { file } = await newestGoodCheckpoint(from)
  if (file !== null) await copyInto(to, file)
}

/** Writes what Slurm is handed for these tasks. */
export async function writeSubmission(
  folder: string,
  submission: number,
  tasks: readonly number[],
  setup: string,
): Promise<{ script: string; output: string }> {
  const stem = join(folder, 'submissions', String(submission).padStart(3, '0'))
  await writeWhole(`${stem}.tasks`, [`${tasks.join('\n')}\n`])
  await writeWhole(`${stem}.sh`, [taskScript(setup, taskProgram(), folder, `${stem}.tasks`)])
  return { script: `${stem}.sh`, output: `${stem}-%a.out` }
}

/** The last that a task printed; empty where nothing can be read. */
export async function printedBy(folder: string, submission: number, place: number): Promise<string> {
  const file = join(folder, 'submissions', `${String(submission).padStart(3, '0')}-${place}.out`)
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.trim().slice(-600)
}

/**
 * Brings a finished task's files into its run's folder, each whole and as it was written, the result last. Throws `failed`
 * where one is not as it was written.
 */
export async function fetchEnd(
  folder: string,
  task: number,
  { attempt, files }: Extract<TaskEnd, { type: 'done' }>,
  runFolder: string,
): Promise<void> {
  await makeFolder(runFolder)
  for (const { name, sha256 } of files) {
    const from = join(attemptRun(folder, task, attempt), name)
    const to = join(runFolder, name)
    const hash = createHash('sha256')
    const temporary = temporaryBeside(to)
    await rm(temporary, { force: true })
    const handle = await open(temporary, 'wx')
    try {
      for await (const piece of plainPieces(from)) {
        hash.update(piece)
        await handle.writeFile(piece)
      }
      await handle.sync()
    } finally {
      await handle.close()
    }
    if (hash.digest('hex') !== sha256) {
      await rm(temporary, { force: true })
      throw failed(`${from} is not as the task wrote it.`, 'Look whether the file system is full or at fault, and go on.', { file: from }) // prettier-ignore
    }
    await rename(temporary, to)
  }
  // Checkpoints of before the tasks began have served.
  const kept = new Set(files.map(({ name }) => name))
  for (const name of await readdir(runFolder))
    if (name.endsWith('.ckpt') && !kept.has(name)) await rm(join(runFolder, name), { force: true })
}

/** Brings an unfinished task's newest checkpoint into its run's folder; returns its step, 0 where there is none. */
export async function fetchCheckpoint(
  folder: string,
  task: number,
  attempts: number,
  runFolder: string,
): Promise<number> {
  return (await bringNewest(folder, task, attempts, runFolder)) ?? 0
}

/** What is in the project needs no place on the shared file system. */
export async function forgetTask(folder: string, task: number): Promise<void> {
  await rm(taskFolder(folder, task), { recursive: true, force: true }).catch(() => undefined)
}
export async function forgetWork(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch(() => undefined)
}
