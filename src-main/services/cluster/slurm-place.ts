/**
 * A Slurm cluster as a place of work. Jobs become tasks of a work folder on the shared file system and are handed over as
 * arrays; what they say and leave is read from there. The project knows which are open: whoever opens it later finds them,
 * and brings each result in once.
 */
import { basename, join } from 'node:path'
import type { SlurmSettings } from '../../../src-shared/domain/cluster.ts'
import type { TrainerEvent, TrainJob } from '../../../src-shared/domain/run.ts'
import { CausalscopeError, failed, toErrorData } from '../../../src-shared/errors.ts'
import {
  addTask,
  fetchCheckpoint,
  fetchEnd,
  forgetTask,
  forgetWork,
  newWorkFolder,
  printedBy,
  writeSubmission,
} from '../../cluster/hand-over.ts'
import type { Slurm } from '../../cluster/slurm.ts'
import type { JobStanding } from '../../cluster/standings.ts'
import {
  type ClusterTask,
  insertTask,
  isWorkNeeded,
  nextSubmission,
  openTask,
  type TaskChange,
  updateTask,
} from '../../project/cluster-tasks.ts'
import type { WritableProject } from '../../project/project.ts'
import { readManifest } from '../../training/provenance.ts'
import type { RunEnd, RunListener } from '../../training/supervisor.ts'
import { readEvents } from '../../training/task/event-log.ts'
import { newestOfTask } from '../../training/task/run-task.ts'
import { eventsFile, lookAtTask, readEnd, readLeft, readStart, readWork, type TaskEnd } from '../../training/task/work-folder.ts' // prettier-ignore
import type { JobAtWork, Workplace } from '../../training/workplace.ts'
import { verdictOn } from './verdict.ts'

/** Tasks of one array: clusters take a thousand unless told otherwise. */
const arrayMost = 500

/** A task that Slurm says is over is waited for so many looks: a shared file system may show its end later. */
const graceLooks = 6

interface Handed {
  readonly job: TrainJob
  readonly listener: RunListener
  readonly ended: PromiseWithResolvers<RunEnd | null>
  /** Null until it lies in a work folder. */
  row: ClusterTask | null
  wish: 'stop' | 'kill' | null
  /** Slurm was told of the wish. */
  asked: boolean
  /** Looks since Slurm said that it is over. */
  looksOver: number
}

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
  readonly #handed = new Set<Handed>()
  /** With tasks that were settled. */
  readonly #folders = new Set<string>()
  #working: Promise<void> | null = null
  #left = false
  #joined = false
  #changed = false
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
    const ended = Promise.withResolvers<RunEnd | null>()
    const handed: Handed = { job, listener, ended, row: null, wish: null, asked: false, looksOver: 0 }
    this.#handed.add(handed)
    this.#joined = true
    this.#working ??= this.#work().finally(() => (this.#working = null))
    const wish = (what: 'stop' | 'kill') => () => {
      handed.wish = what
      this.#wake()
    }
    // Tasks of a cluster are not paused: what waits there costs nobody's time.
    return { ended: ended.promise, pause: () => undefined, continue: () => undefined, interrupt: wish('stop'), kill: wish('kill') } // prettier-ignore
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
      if (this.#changed) this.#options.changed?.()
      this.#changed = false
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

  async #look(): Promise<void> {
    const quiet = !this.#joined
    this.#joined = false
    for (const handed of this.#handed) if (handed.row === null) await this.#each(handed, () => this.#prepare(handed))
    await this.#obeyWishes()
    if (quiet) await this.#submit()
    const arrays = new Set([...this.#handed].flatMap(({ row }) => row?.array ?? []))
    const standings =
      arrays.size === 0 ? new Map<string, JobStanding>() : await this.#options.slurm.standings([...arrays])
    for (const handed of this.#handed) {
      if (this.#left) return
      const { row } = handed
      if (row !== null) await this.#each(handed, () => this.#follow(handed, row, standings.get(idOf(row)) ?? null))
    }
    this.#tellTrouble(null)
  }

  /** What goes wrong with one task is its own failure, not the others'. */
  async #each(handed: Handed, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#settle(handed, { type: 'failed', error: toErrorData(error) }, 'failed')
    }
  }

  async #prepare(handed: Handed): Promise<void> {
    const { database } = this.#project
    const { job } = handed
    const replicate = job.replicate ?? null
    const open = openTask(database, job.runId, replicate)
    if (open !== null) {
      const work = await readWork(open.folder)
      if (work?.key === open.work_key) {
        const array = open.submission !== null && open.array === null ? await this.#find(open) : open.array
        handed.row = open
        this.#change(handed, array === null ? { array, state: 'waiting' } : { array })
        return
      }
      updateTask(database, open, { state: 'failed', note: 'its work folder is gone' })
      handed.listener.event({ type: 'log', level: 'warning', message: `The work folder ${open.folder} is gone: the task begins again from what the project has.` }) // prettier-ignore
    }
    const { folder, key, task } = await this.#place()
    await addTask(folder, task, job)
    handed.row = insertTask(database, { folder, task, work_key: key, run_id: job.runId, replicate })
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
    const wishing = [...this.#handed].filter(({ wish, row }) => wish !== null && row !== null)
    const asking = wishing.filter(({ asked, row }) => !asked && row!.array !== null)
    if (asking.length > 0) await this.#options.slurm.cancel(asking.map(({ row }) => idOf(row!)))
    for (const handed of asking) handed.asked = true
    for (const handed of wishing)
      if (handed.row!.array === null || handed.wish === 'kill') await this.#each(handed, () => this.#stopped(handed))
  }

  async #submit(): Promise<void> {
    const waiting = [...this.#handed].filter(({ row, wish }) => row?.array === null && wish === null)
    const folders = Map.groupBy(waiting, ({ row }) => row!.folder)
    for (const [folder, all] of folders)
      for (let from = 0; from < all.length; from += arrayMost) await this.#submitArray(folder, all.slice(from, from + arrayMost)) // prettier-ignore
  }

  async #submitArray(folder: string, tasks: readonly Handed[]): Promise<void> {
    const { settings, slurm } = this.#options
    const { database } = this.#project
    const submission = nextSubmission(database, folder)
    const files = await writeSubmission(folder, submission, tasks.map(({ row }) => row!.task), settings.setup) // prettier-ignore
    // Written down first: whoever comes back finds by its name what may have been handed over.
    database.transaction(() => {
      for (const [place, handed] of tasks.entries()) this.#change(handed, { submission, place, submissions: handed.row!.submissions + 1 }) // prettier-ignore
    })
    const name = nameOf(tasks[0]!.row!.work_key, submission)
    try {
      const array = await slurm.submit(settings, { count: tasks.length, name, ...files })
      database.transaction(() => {
        for (const handed of tasks) {
          handed.looksOver = 0
          this.#change(handed, { array, state: 'queued', note: '' })
        }
      })
    } catch (error) {
      const passing = error instanceof CausalscopeError && error.details.passing === true
      if (passing) {
        for (const handed of tasks) this.#change(handed, { submissions: handed.row!.submissions - 1 })
        throw error
      }
      for (const handed of tasks) this.#settle(handed, { type: 'failed', error: toErrorData(error) }, 'failed')
    }
  }

  async #follow(handed: Handed, row: ClusterTask, standing: JobStanding | null): Promise<void> {
    const { folder, task } = row
    const { attempts, ended } = await lookAtTask(folder, task)
    if (attempts > row.attempt) this.#change(handed, { attempt: attempts, told: 0 })
    if (attempts > 0) await this.#hear(handed)
    const end = ended ? await readEnd(folder, task) : null
    if (end !== null) return this.#bringIn(handed, end)
    if (row.array === null) return
    if (standing?.standing === 'queued' || standing?.standing === 'running') {
      handed.looksOver = 0
      this.#change(handed, { state: standing.standing, note: standing.standing === 'running' ? standing.node : standing.reason }) // prettier-ignore
      return
    }
    if (handed.wish !== null) return this.#stopped(handed)
    if (++handed.looksOver > graceLooks) await this.#judge(handed, standing, attempts)
  }

  /** What was said since, and how far it was heard, go into the project together. */
  async #hear(handed: Handed): Promise<void> {
    for (;;) {
      const { folder, task, attempt, told } = handed.row!
      const { events, to } = await readEvents(eventsFile(folder, task, attempt), told)
      if (to === told) return
      this.#project.database.transaction(() => {
        for (const event of events) handed.listener.event(event)
        this.#change(handed, { told: to })
      })
    }
  }

  async #bringIn(handed: Handed, end: TaskEnd): Promise<void> {
    const { folder, task } = handed.row!
    if (end.type === 'failed') {
      this.#settle(handed, { type: 'failed', error: end.error }, 'failed')
      return
    }
    const { runFolder } = handed.job
    try {
      await fetchEnd(folder, task, end, runFolder)
    } catch (error) {
      // The file system may show the end before the files.
      if (++handed.looksOver <= graceLooks) return
      throw error
    }
    const here = (file: string): string => join(runFolder, basename(file))
    const checkpoint: TrainerEvent[] = end.checkpoint === null ? [] : [{ type: 'checkpoint', checkpoint: { ...end.checkpoint, file: here(end.checkpoint.file) } }] // prettier-ignore
    this.#settle(handed, { ...end.event, resultFile: here(end.event.resultFile) }, 'done', checkpoint)
    await forgetTask(folder, task)
  }

  async #judge(handed: Handed, standing: JobStanding | null, attempts: number): Promise<void> {
    const row = handed.row!
    const { folder, task, submission, place, submissions } = row
    const began = attempts > 0 && (await readStart(folder, task, attempts))?.job === idOf(row)
    const before = await newestOfTask(folder, task, Math.max(0, attempts - 1))
    const now = await newestOfTask(folder, task, attempts)
    const verdict = verdictOn({
      ...{ standing, began, submissions, folder, settings: this.#options.settings },
      left: attempts === 0 ? null : await readLeft(folder, task, attempts),
      progressed: now !== null && now.step > (before?.step ?? -1),
      printed: await printedBy(folder, submission!, place!),
    })
    if (verdict.kind === 'failed') this.#settle(handed, { type: 'failed', error: verdict.error }, 'failed')
    else if (verdict.kind === 'cancelled') {
      handed.listener.event({ type: 'log', level: 'warning', message: 'The task was cancelled on the cluster, by somebody there or with scancel.' }) // prettier-ignore
      await this.#stopped(handed)
    } else {
      if (standing === null) await this.#options.slurm.cancel([idOf(row)]).catch(() => undefined)
      handed.listener.event({
        type: 'log',
        level: 'info',
        message: `The task is handed to the cluster again: ${verdict.why}.`,
      })
      this.#change(handed, { state: 'waiting', array: null, note: `again: ${verdict.why}` })
    }
  }

  /** Its checkpoint comes home: the run can go on anywhere. */
  async #stopped(handed: Handed): Promise<void> {
    const { folder, task, attempt } = handed.row!
    const step = handed.wish === 'kill' ? 0 : await fetchCheckpoint(folder, task, attempt, handed.job.runFolder)
    this.#settle(handed, { type: 'interrupted', step }, 'stopped')
    if (handed.wish !== 'kill') await forgetTask(folder, task)
  }

  /** The end, once: what the project makes of it and that it was made are one. */
  #settle(
    handed: Handed,
    end: RunEnd,
    state: 'done' | 'failed' | 'stopped',
    before: readonly TrainerEvent[] = [],
  ): void {
    const { database } = this.#project
    const note = end.type === 'failed' ? end.error.message.slice(0, 400) : ''
    database.transaction(() => {
      for (const event of [...before, end]) handed.listener.event(event)
      if (handed.row !== null) this.#change(handed, { state, note })
    })
    this.#handed.delete(handed)
    handed.ended.resolve(end)
    if (handed.row !== null) this.#folders.add(handed.row.folder)
  }

  #change(handed: Handed, change: TaskChange): void {
    const row = handed.row!
    const differs = Object.entries(change).some(([key, value]) => row[key as keyof ClusterTask] !== value)
    if (!differs) return
    updateTask(this.#project.database, row, change)
    this.#changed = true
    handed.row = { ...row, ...change }
  }
}

const idOf = ({ array, place }: ClusterTask): string => `${array}_${place}`
const nameOf = (key: string, submission: number): string => `causalscope-${key.slice(0, 8)}-${submission}`
