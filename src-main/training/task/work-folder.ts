/**
 * A work folder: all that tasks on other machines need, and all that they leave, on a file system that both sides see.
 *
 *     work.json                    what it is, for whom, by which version
 *     data/SHA256.pack             the data set, once for all tasks
 *     features/RUN/                the model of a finished run, where tasks learn on one
 *     submissions/NNN.sh, .tasks   what was handed to the cluster, and which tasks
 *     tasks/NNNNNN/task.json       the job
 *                  seed/           a checkpoint to go on from
 *                  attempt-NNN/    one for each time that it was begun: started.json, events.jsonl, left.json, and run/ with
 *                                  its newest checkpoint, in the end its result
 *                  end.json        how it ended: there once, whole, or not there
 *
 * Every file appears whole under its name. An attempt writes into its own folder alone, so that one which goes on unseen
 * (its node was cut off, say) disturbs no other; the first to end wins.
 */
import { link, mkdir, readdir, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import * as v from 'valibot'
import { errorData } from '../../../src-shared/contract/shapes.ts'
import { failed } from '../../../src-shared/errors.ts'
import type { TrainJob } from '../../../src-shared/domain/run.ts'
import { readPlain } from '../../datasets/plain-file.ts'
import { writeWhole } from '../../datasets/whole-file.ts'
import { checkpointInfo, doneEvent, jobSchema } from '../messages.ts'

const whole = v.pipe(v.number(), v.integer(), v.minValue(0))
const name = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/))

const workSchema = v.object({
  format: v.literal(1),
  /** Whose it is: the project holds the same. */
  key: v.string(),
  /** Of the program that made it. */
  version: v.string(),
  title: v.string(),
  /** How often a task says how far it is, seconds. */
  tellSeconds: v.number(),
  /** How often its newest checkpoint is copied here, seconds. */
  shareSeconds: v.number(),
})
export type Work = v.InferOutput<typeof workSchema>

const startedSchema = v.object({ job: v.string(), node: v.string(), pid: whole, at: v.string() })
export type AttemptStart = v.InferOutput<typeof startedSchema>

const leftSchema = v.object({
  /** `time`: its time on the cluster is nearly over; `asked`: somebody, or the cluster, wants it to go. */
  reason: v.picklist(['time', 'asked']),
  step: whole,
})
export type AttemptLeft = v.InferOutput<typeof leftSchema>

const endSchema = v.variant('type', [
  v.object({
    type: v.literal('done'),
    attempt: whole,
    event: doneEvent,
    /** The model's. */
    checkpoint: v.nullable(checkpointInfo),
    /** In the attempt's run folder, the result last. */
    files: v.array(v.object({ name, sha256: v.string(), bytes: whole })),
  }),
  v.object({ type: v.literal('failed'), attempt: whole, error: errorData }),
])
export type TaskEnd = v.InferOutput<typeof endSchema>

export const taskFolder = (work: string, task: number): string => join(work, 'tasks', String(task).padStart(6, '0'))
const attemptFolder = (work: string, task: number, attempt: number): string =>
  join(taskFolder(work, task), `attempt-${String(attempt).padStart(3, '0')}`)
export const attemptRun = (work: string, task: number, attempt: number): string =>
  join(attemptFolder(work, task, attempt), 'run')
export const seedFolder = (work: string, task: number): string => join(taskFolder(work, task), 'seed')
export const eventsFile = (work: string, task: number, attempt: number): string =>
  join(attemptFolder(work, task, attempt), 'events.jsonl')

async function read<T>(file: string, schema: v.GenericSchema<unknown, T>): Promise<T> {
  const text = (await readPlain(file)).toString('utf8')
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text)
  if (parsed.success) return parsed.output
  throw failed(`${file} is not what this version of Causalscope writes.`, 'Do not change files of a work folder.', {
    file,
  })
}

/** Null where the file is not there. */
async function readIfThere<T>(file: string, schema: v.GenericSchema<unknown, T>): Promise<T | null> {
  try {
    return await read(file, schema)
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null
    throw error
  }
}

const write = async (file: string, content: unknown): Promise<void> => {
  await writeWhole(file, [`${JSON.stringify(content, null, 1)}\n`])
}

export const readWork = (work: string): Promise<Work | null> => readIfThere(join(work, 'work.json'), workSchema)

/** Makes the folder with its places; the record comes last. */
export async function makeWork(work: string, record: Work): Promise<void> {
  for (const place of ['data', 'features', 'submissions', 'tasks']) await mkdir(join(work, place), { recursive: true })
  await write(join(work, 'work.json'), record)
}

/** The job as it travels: its folders are found anew where it arrives. */
export async function writeTask(work: string, task: number, job: TrainJob): Promise<void> {
  const { features, ...rest } = job
  const travelling = {
    ...rest,
    packFile: '',
    runFolder: '',
    ...(features === undefined ? {} : { features: { ...features, runFolder: '' } }),
  }
  await mkdir(taskFolder(work, task), { recursive: true })
  await write(join(taskFolder(work, task), 'task.json'), travelling)
}

/** The job, with the paths of this machine; to be trained in `runFolder`. */
export async function readTask(work: string, task: number, runFolder: string, resume: boolean): Promise<TrainJob> {
  const job = await read(join(taskFolder(work, task), 'task.json'), jobSchema)
  const { features } = job
  return {
    ...{ ...job, resume, packFile: packFile(work, job.packSha256), runFolder },
    ...(features === undefined ? {} : { features: { ...features, runFolder: featuresFolder(work, features.run) } }),
  }
}

export const packFile = (work: string, sha256: string): string => join(work, 'data', `${v.parse(name, sha256)}.pack`)
export const featuresFolder = (work: string, run: number): string => join(work, 'features', String(run))

/** What of a task is there, in one look at its folder. */
export async function lookAtTask(work: string, task: number): Promise<{ attempts: number; ended: boolean }> {
  const names = await readdir(taskFolder(work, task))
  const numbers = names.flatMap((one) => /^attempt-(\d+)$/.exec(one)?.[1] ?? []).map(Number)
  return { attempts: Math.max(0, ...numbers), ended: names.includes('end.json') }
}

/** Begins an attempt, the next that nobody has begun; returns its number. */
export async function beginAttempt(work: string, task: number, start: AttemptStart): Promise<number> {
  for (let attempt = (await lookAtTask(work, task)).attempts + 1; ; attempt++) {
    try {
      await mkdir(attemptFolder(work, task, attempt))
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') continue
      throw error
    }
    await mkdir(attemptRun(work, task, attempt))
    await write(join(attemptFolder(work, task, attempt), 'started.json'), start)
    return attempt
  }
}

export const readStart = (work: string, task: number, attempt: number): Promise<AttemptStart | null> =>
  readIfThere(join(attemptFolder(work, task, attempt), 'started.json'), startedSchema)
export const readLeft = (work: string, task: number, attempt: number): Promise<AttemptLeft | null> =>
  readIfThere(join(attemptFolder(work, task, attempt), 'left.json'), leftSchema)
export const writeLeft = (work: string, task: number, attempt: number, left: AttemptLeft): Promise<void> =>
  write(join(attemptFolder(work, task, attempt), 'left.json'), left)
export const readEnd = (work: string, task: number): Promise<TaskEnd | null> =>
  readIfThere(join(taskFolder(work, task), 'end.json'), endSchema)

/** Says how the task ended, unless another attempt has said so before; whether it was this one. */
export async function writeEnd(work: string, task: number, end: TaskEnd): Promise<boolean> {
  const own = join(attemptFolder(work, task, end.attempt), 'end.json')
  const shared = join(taskFolder(work, task), basename(own))
  await write(own, end)
  try {
    await link(own, shared)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    // Some file systems have no links.
    if ((await readEnd(work, task)) !== null) return false
    await rename(own, shared)
    return true
  }
}
