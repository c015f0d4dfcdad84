/**
 * A Slurm cluster as a place of work. Jobs become tasks of a work folder on the shared file system and are handed over as
 * arrays; what they say and leave is read from there. The project knows which are open: whoever opens it later finds them,
 * and brings each result in once.
 */
import { existsSync } from 'node:fs'
import { basename, dirname, isAbsolute } from 'node:path'
import type { SlurmSettings } from '../../../src-shared/domain/cluster.ts'
import type { TrainJob } from '../../../src-shared/domain/run.ts'
import { CausalscopeError, failed, toErrorData } from '../../../src-shared/errors.ts'
import { addTask, forgetWork, newWorkFolder, writeSubmission } from '../../cluster/hand-over.ts'
import type { Slurm } from '../../cluster/slurm.ts'
import type { JobStanding } from '../../cluster/standings.ts'
import {
  type ClusterTask,
  insertTask,
  isWorkNeeded,
  nextSubmission,
  openTask,
  updateTask,
} from '../../project/cluster-tasks.ts'
import type { WritableProject } from '../../project/project.ts'
import { readManifest } from '../../training/provenance.ts'
import type { RunListener } from '../../training/supervisor.ts'
import { readWork } from '../../training/task/work-folder.ts'
import type { JobAtWork, Workplace } from '../../training/workplace.ts'
import { HandedTask, taskId } from './handed-task.ts'

/** Tasks of one array: clusters take a thousand unless told otherwise. */
const arrayMost = 500

export interface SlurmPlaceOptions {
  readonly settings: SlurmSettings
  readonly slurm: Slurm
  /** What the work is called. */
  readonly title: string
  /** Hears in words what keeps the work up; empty when nothing does any more. */
  readonly trouble?: (words: string) => void
  /** Tasks stand otherwise than before. */
  readonly changed?: () => void
}

export class SlurmPlace implements Workplace {
  readonly atOnce = Infinity
  readonly threads: number
  readonly leave: () => void
  readonly #project: WritableProject
  readonly #options: SlurmPlaceOptions
  readonly #handed = new Set<HandedTask>()
  /** With tasks that were settled. */
  readonly #folders = new Set<string>()
  #working: Promise<void> | null = null
  #left = false
  #joined = false
  #trouble = ''
  #wake: () => void = () => undefined
  /** Where new tasks go. */
  #folder: { readonly folder: string; readonly key: string; tasks: number } | null = null

  constructor(project: WritableProject, options: SlurmPlaceOptions) {
    this.#project = project
    this.#options = options
    this.threads = options.settings.cores
    this.leave = () => {
      this.#left = true
      this.#wake()
    }
  }

  /** A job whose task is open goes on being watched; any other becomes a new task. */
  start(job: TrainJob, listener: RunListener): JobAtWork {
    const handed = new HandedTask(this.#project.database, job, listener)
    this.#handed.add(handed)
    this.#joined = true
    this.#working ??= this.#work().finally(() => (this.#working = null))
    const wish = (what: 'stop' | 'kill') => () => {
      handed.wish = what
      this.#wake()
    }
    // Tasks of a cluster are not paused: what waits there costs nobody's time.
    return { ended: handed.ended.promise, pause: () => undefined, continue: () => undefined, interrupt: wish('stop'), kill: wish('kill') } // prettier-ignore
  }

  async tidied(): Promise<void> {
    await this.#working
  }

  async #work(): Promise<void> {
    const { pollSeconds } = this.#options.settings
    let seconds = Math.min(1, pollSeconds)
    while (this.#handed.size > 0 && !this.#left) {
      await this.#sleep(seconds)
      seconds = this.#joined ? Math.min(1, pollSeconds) : pollSeconds
      try {
        await this.#look()
      } catch (error) {
        this.#tellTrouble(error)
      }
      this.#takeStock()
    }
    for (const handed of this.#handed) handed.ended.resolve(null)
    this.#handed.clear()
    this.#folder = null
    // Folders of tasks that failed stay, to be looked at.
    const { database } = this.#project
    for (const folder of this.#folders) if (database.open && !isWorkNeeded(database, folder)) await forgetWork(folder)
    this.#folders.clear()
  }

  #sleep(seconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
      if (this.#left) this.#wake()
    })
  }

  #tellTrouble(error: unknown): void {
    const words = error === null ? '' : [toErrorData(error).message, toErrorData(error).hint].join(' ').trim()
    if (words === this.#trouble) return
    this.#trouble = words
    this.#options.trouble?.(words)
  }

  /** Those that have ended are no longer looked at. */
  #takeStock(): void {
    let changed = false
    for (const handed of this.#handed) {
      changed ||= handed.isChanged
      handed.isChanged = false
      if (!handed.isSettled) continue
      if (handed.row !== null) this.#folders.add(handed.row.folder)
      this.#handed.delete(handed)
    }
    if (changed) this.#options.changed?.()
  }

  async #look(): Promise<void> {
    const quiet = !this.#joined
    this.#joined = false
    let trouble: unknown = null
    // What cannot be read now is read at another look: a shared file system may be away for a while.
    const each = async (work: () => Promise<void>): Promise<void> => {
      try {
        await work()
      } catch (error) {
        trouble ??= error
      }
    }
    for (const handed of this.#handed) if (handed.row === null) await each(() => this.#prepare(handed))
    await this.#obeyWishes()
    if (quiet) await each(() => this.#submit())
    const { slurm, settings } = this.#options
    const arrays = new Set([...this.#handed].flatMap(({ row }) => row?.array ?? []))
    const standings = arrays.size === 0 ? new Map<string, JobStanding>() : await slurm.standings([...arrays])
    for (const handed of this.#handed) {
      if (this.#left) return
      const { row } = handed
      if (row === null || handed.isSettled) continue
      await each(() => handed.follow(standings.get(taskId(row)) ?? null, settings, slurm))
    }
    this.#tellTrouble(trouble)
  }

  async #prepare(handed: HandedTask): Promise<void> {
    const { database } = this.#project
    const { job } = handed
    const replicate = job.replicate ?? null
    const open = openTask(database, job.runId, replicate)
    if (open !== null) {
      if (await isOurs(open)) {
        const array = open.submission !== null && open.array === null ? await this.#find(open) : open.array
        handed.placed(open)
        handed.change(array === null ? { array, state: 'waiting' } : { array })
        return
      }
      updateTask(database, open, { state: 'failed', note: 'its work folder is gone' })
      handed.say('warning', `The work folder ${open.folder} is gone: the task begins again from what the project has.`)
    }
    try {
      const { folder, key, task } = await this.#place()
      await addTask(folder, task, job)
      handed.placed(insertTask(database, { folder, task, work_key: key, run_id: job.runId, replicate }))
    } catch (error) {
      // Nothing was handed over.
      handed.settle({ type: 'failed', error: toErrorData(error) })
    }
  }

  /** Of a host that was gone between handing over and writing it down. */
  #find({ folder, submission, work_key }: ClusterTask): Promise<string | null> {
    return this.#options.slurm.find(nameOf(work_key, submission!)).catch(() => {
      throw failed(`Slurm does not say whether it has the tasks of ${folder}.`, 'Go on once it answers.')
    })
  }

  async #place(): Promise<{ folder: string; key: string; task: number }> {
    const { settings, title } = this.#options
    const { version } = await readManifest()
    const paces = { tellSeconds: Math.max(0.2, settings.pollSeconds / 2), shareSeconds: 30 * settings.pollSeconds }
    const name = `${basename(this.#project.file, '.causalscope')}-${title}`
    this.#folder ??= { ...(await newWorkFolder(settings.folder, name, { version, title, ...paces })), tasks: 0 }
    return { ...this.#folder, task: ++this.#folder.tasks }
  }

  async #obeyWishes(): Promise<void> {
    for (const handed of this.#handed)
      if (handed.wish !== null && handed.row === null) handed.settle({ type: 'interrupted', step: 0 })
    const wishing = [...this.#handed].filter(({ wish, row, isSettled }) => wish !== null && row !== null && !isSettled)
    const asking = wishing.filter(({ asked, row }) => !asked && row!.array !== null)
    if (asking.length > 0) await this.#options.slurm.cancel(asking.map(({ row }) => taskId(row!)))
    for (const handed of asking) handed.asked = true
    for (const handed of wishing) if (handed.row!.array === null || handed.wish === 'kill') await handed.stopped()
  }

  async #submit(): Promise<void> {
    const waiting = [...this.#handed].filter(({ row, wish }) => row?.array === null && wish === null)
    const folders = Map.groupBy(waiting, ({ row }) => row!.folder)
    for (const [folder, all] of folders)
      for (let from = 0; from < all.length; from += arrayMost) await this.#submitArray(folder, all.slice(from, from + arrayMost)) // prettier-ignore
  }

  async #submitArray(folder: string, tasks: readonly HandedTask[]): Promise<void> {
    const { settings, slurm } = this.#options
    const { database } = this.#project
    const submission = nextSubmission(database, folder)
    const files = await writeSubmission(folder, submission, tasks.map(({ row }) => row!.task), settings.setup) // prettier-ignore
    // Written down first: whoever comes back finds by its name what may have been handed over.
    database.transaction(() => {
      for (const [place, handed] of tasks.entries())
        handed.change({ submission, place, submissions: handed.row!.submissions + 1 })
    })
    const name = nameOf(tasks[0]!.row!.work_key, submission)
    let array: string
    try {
      array = await slurm.submit(settings, { count: tasks.length, name, ...files })
    } catch (error) {
      if (!(error instanceof CausalscopeError && error.details.passing === true)) {
        for (const handed of tasks) handed.settle({ type: 'failed', error: toErrorData(error) })
        return
      }
      // It may have taken them before it fell silent.
      const found = await slurm.find(name).catch(() => null)
      if (found === null) {
        for (const handed of tasks) handed.change({ submissions: handed.row!.submissions - 1 })
        throw error
      }
      array = found
    }
    database.transaction(() => {
      for (const handed of tasks) handed.handedOver(array)
    })
  }
}

const nameOf = (key: string, submission: number): string => `causalscope-${key.slice(0, 8)}-${submission}`

/**
 * Whether the folder that a project names is the one that was made for it. Throws `failed` where nothing can be told: the file
 * system is not there.
 */
async function isOurs({ folder, work_key }: ClusterTask): Promise<boolean> {
  if (!isAbsolute(folder)) return false
  const work = await readWork(folder)
  if (work !== null) return work.key === work_key
  if (existsSync(dirname(folder))) return false
  throw failed(
    `The folder ${dirname(folder)} is not there: the tasks of the cluster cannot be seen.`,
    'Is the shared file system mounted? They are looked for again.',
    { file: folder },
  )
}
