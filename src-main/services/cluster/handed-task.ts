/**
 * One job that was handed to a cluster: what its task says and leaves in the work folder goes into the project, in order and
 * once. Truth is what lies in the folder; Slurm is believed about tasks that have not said how they ended.
 */
import { basename, join } from 'node:path'
import type { SlurmSettings } from '../../../src-shared/domain/cluster.ts'
import type { TrainerEvent, TrainJob } from '../../../src-shared/domain/run.ts'
import { toErrorData } from '../../../src-shared/errors.ts'
import { fetchCheckpoint, fetchEnd, forgetTask, printedBy } from '../../cluster/hand-over.ts'
import type { Slurm } from '../../cluster/slurm.ts'
import type { JobStanding } from '../../cluster/standings.ts'
import { type ClusterTask, type TaskChange, updateTask } from '../../project/cluster-tasks.ts'
import type { WritableDatabase } from '../../project/database.ts'
import type { RunEnd, RunListener } from '../../training/supervisor.ts'
import { readEvents } from '../../training/task/event-log.ts'
import { newestOfTask } from '../../training/task/run-task.ts'
import { eventsFile, lookAtTask, readEnd, readLeft, readStart, type TaskEnd } from '../../training/task/work-folder.ts'
import { verdictOn } from './verdict.ts'

/** A task that Slurm says is over is waited for so many looks: a shared file system may show its end later. */
const graceLooks = 6

/** As Slurm calls the task. */
export const taskId = ({ array, place }: Pick<ClusterTask, 'array' | 'place'>): string => `${array}_${place}`

export class HandedTask {
  readonly job: TrainJob
  readonly listener: RunListener
  readonly ended = Promise.withResolvers<RunEnd | null>()
  /** What somebody wants of it. */
  wish: 'stop' | 'kill' | null = null
  /** Slurm was told of the wish. */
  asked = false
  /** Its end was told. */
  isSettled = false
  /** It stands otherwise than at the last look. */
  isChanged = false
  readonly #database: WritableDatabase
  #row: ClusterTask | null = null
  /** Looks since Slurm said that it is over. */
  #looksOver = 0

  constructor(database: WritableDatabase, job: TrainJob, listener: RunListener) {
    this.#database = database
    this.job = job
    this.listener = listener
  }

  /** Null until it lies in a work folder. */
  get row(): ClusterTask | null {
    return this.#row
  }

  /** It lies in a work folder. */
  placed(row: ClusterTask): void {
    this.#row = row
  }

  /** Slurm has it. */
  handedOver(array: string): void {
    this.#looksOver = 0
    this.change({ array, state: 'queued', note: '' })
  }

  say(level: 'info' | 'warning', message: string): void {
    this.listener.event({ type: 'log', level, message })
  }

  change(change: TaskChange): void {
    const row = this.#row!
    const differs = Object.entries(change).some(([key, value]) => row[key as keyof ClusterTask] !== value)
    if (!differs) return
    updateTask(this.#database, row, change)
    this.#row = { ...row, ...change }
    this.isChanged = true
  }

  /** @param standing null: Slurm does not know it */
  async follow(standing: JobStanding | null, settings: SlurmSettings, slurm: Slurm): Promise<void> {
    const { folder, task, attempt, array } = this.#row!
    const { attempts, ended } = await lookAtTask(folder, task)
    if (attempts > attempt) this.change({ attempt: attempts, told: 0 })
    if (attempts > 0) await this.#hear()
    const end = ended ? await readEnd(folder, task) : null
    if (end !== null) return this.#bringIn(end)
    if (array === null) return
    if (standing?.standing === 'queued' || standing?.standing === 'running') {
      this.#looksOver = 0
      const note = standing.standing === 'running' ? standing.node : standing.reason
      this.change({ state: standing.standing, note })
      return
    }
    if (this.wish !== null) return this.stopped()
    if (++this.#looksOver > graceLooks) await this.#judge(standing, attempts, settings, slurm)
  }

  /** What was said since, and how far it was heard, go into the project together. */
  async #hear(): Promise<void> {
    for (;;) {
      const { folder, task, attempt, told } = this.#row!
      const { events, to } = await readEvents(eventsFile(folder, task, attempt), told)
      if (to === told) return
      this.#database.transaction(() => {
        for (const event of events) this.listener.event(event)
        this.change({ told: to })
      })
    }
  }

  async #bringIn(end: TaskEnd): Promise<void> {
    const { folder, task } = this.#row!
    if (end.type === 'failed') {
      this.settle({ type: 'failed', error: end.error })
      return
    }
    const { runFolder } = this.job
    try {
      await fetchEnd(folder, task, end, runFolder)
    } catch (error) {
      // The file system may show the end before the files.
      if (++this.#looksOver > graceLooks) this.settle({ type: 'failed', error: toErrorData(error) })
      return
    }
    const here = (file: string): string => join(runFolder, basename(file))
    const { checkpoint } = end
    const before: TrainerEvent[] =
      checkpoint === null ? [] : [{ type: 'checkpoint', checkpoint: { ...checkpoint, file: here(checkpoint.file) } }]
    this.settle({ ...end.event, resultFile: here(end.event.resultFile) }, before)
    await forgetTask(folder, task)
  }

  /** It has ended on the cluster and said nothing. */
  async #judge(standing: JobStanding | null, attempts: number, settings: SlurmSettings, slurm: Slurm): Promise<void> {
    const row = this.#row!
    const { folder, task, submission, place, submissions } = row
    const began = attempts > 0 && (await readStart(folder, task, attempts))?.job === taskId(row)
    const before = await newestOfTask(folder, task, Math.max(0, attempts - 1))
    const now = await newestOfTask(folder, task, attempts)
    const verdict = verdictOn({
      ...{ standing, began, submissions, folder, settings },
      left: attempts === 0 ? null : await readLeft(folder, task, attempts),
      progressed: now !== null && now.step > (before?.step ?? -1),
      printed: await printedBy(folder, submission!, place!),
    })
    if (verdict.kind === 'failed') this.settle({ type: 'failed', error: verdict.error })
    else if (verdict.kind === 'cancelled') {
      this.say('warning', 'The task was cancelled on the cluster, by somebody there or with scancel.')
      await this.stopped()
    } else {
      if (standing === null) await slurm.cancel([taskId(row)]).catch(() => undefined)
      this.say('info', `The task is handed to the cluster again: ${verdict.why}.`)
      this.change({ state: 'waiting', array: null, note: `again: ${verdict.why}` })
    }
  }

  /** Its checkpoint comes home: the run can go on anywhere. */
  async stopped(): Promise<void> {
    const { folder, task, attempt } = this.#row!
    const step = this.wish === 'kill' ? 0 : await fetchCheckpoint(folder, task, attempt, this.job.runFolder)
    this.settle({ type: 'interrupted', step })
    if (this.wish !== 'kill') await forgetTask(folder, task)
  }

  /** The end, once: what the project makes of it and that it was made are one. */
  settle(end: RunEnd, before: readonly TrainerEvent[] = []): void {
    const states = { done: 'done', failed: 'failed', interrupted: 'stopped' } as const
    const note = end.type === 'failed' ? end.error.message.slice(0, 400) : ''
    this.#database.transaction(() => {
      for (const event of [...before, end]) this.listener.event(event)
      if (this.#row !== null) this.change({ state: states[end.type], note })
    })
    this.isSettled = true
    this.isChanged = true
    this.ended.resolve(end)
  }
}
