/**
 * Replication of a finished run: the whole procedure again, each time on another random part of the samples and with a
 * seed of its own, in trainer processes side by side, one thread each. Whatever ends it, at most the replicates in work
 * go back to their last checkpoint.
 */
import { readdirSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { type ErrorData, refused } from '../../src-shared/errors.ts'
import { replicateShare, type ReplicationProgress } from '../../src-shared/domain/replication.ts'
import type { EngineName, TrainJob } from '../../src-shared/domain/run.ts'
import { settingsOf } from '../../src-shared/methods/available.ts'
import { canReplicate } from '../../src-shared/methods/results.ts'
import { replicateSeed } from '../evidence/subsample.ts'
import { type ClusterTask, openTasks } from '../project/cluster-tasks.ts'
import type { ReadableDatabase } from '../project/database.ts'
import { replicateFolder } from '../project/folders.ts'
import { packFor } from '../project/packs.ts'
import { contentOf } from '../project/preparations.ts'
import type { WritableProject } from '../project/project.ts'
import {
  listReplicates,
  planReplicates,
  recordReplicate,
  recordReplicateFailure,
  type ReplicateRow,
} from '../project/replicates.ts'
import { replicationSecondsLeft } from './replication-time.ts'
import { readRunRecord, type RunRecord } from '../project/runs.ts'
import { replicateName } from '../training/replicate-file.ts'
import type { SupervisorOptions } from '../training/supervisor.ts'
import { type JobAtWork, LocalPlace, type Workplace } from '../training/workplace.ts'
import { makeFolderSync } from '../datasets/make-folder.ts'

export interface ReplicationEnd {
  readonly runId: number
  readonly planned: number
  readonly done: number
  /** Why a replicate failed, the first of them; null when none did. */
  readonly error: ErrorData | null
  readonly interrupted: boolean
  /** Replicates that work on elsewhere, without being watched any more. */
  readonly left: number
}

interface Work {
  readonly runId: number
  readonly planned: number
  /** Those that have begun, elsewhere perhaps long after they were handed over, by their position. */
  readonly atWork: Map<number, { readonly from: number; readonly begun: number; fraction: number }>
  /** Seconds of each that was done here from its beginning. */
  readonly took: number[]
  /** Seconds of one, as the run tells; null where the machines are others. */
  readonly expected: number | null
  readonly children: Set<JobAtWork>
  readonly place: Workplace
  interrupted: boolean
}

/** Processes side by side: one a core on engines that compute there, a single one where they share a GPU. */
export function trainersAtOnce(engine: EngineName | null, cores = availableParallelism()): number {
  return engine === 'tensorflow-gpu' || engine === 'webgpu' ? 1 : Math.max(1, cores)
}

/**
 * Wall time of `count` replicates, seconds, from what the run itself took: a part of the samples on one thread instead
 * of all on the run's threads.
 */
export function estimateReplication(run: RunRecord, count: number, cores = availableParallelism()): number {
  const threads = run.provenance?.threads ?? 1
  const alone = run.summary.seconds * replicateShare * (1 + singleThreadCost * (threads - 1))
  return Math.ceil(count / trainersAtOnce(run.summary.engine, cores)) * alone
}

/**
 * What one thread fewer costs a training, as a share of it. A step alone costs .6 more on one thread than on two
 * (docs/performance.md), but clusters are read on one whatever there are, and a replicate takes half of the joint epochs.
 */
const singleThreadCost = 0.3

export class Replication {
  readonly #project: WritableProject
  readonly #options: SupervisorOptions
  readonly #workers: number | null
  readonly #observers = new Set<(progress: ReplicationProgress) => void>()
  #work: { readonly work: Work; readonly end: Promise<ReplicationEnd> } | null = null

  /** @param workers processes side by side; null: as `trainersAtOnce` says */
  constructor(project: WritableProject, options: SupervisorOptions = {}, workers: number | null = null) {
    this.#project = project
    this.#options = options
    this.#workers = workers
  }

  /** The run whose replicates are at work, null when there is none. */
  get active(): number | null {
    return this.#work?.work.runId ?? null
  }

  /** Calls the observer until the returned function is called. */
  observe(observer: (progress: ReplicationProgress) => void): () => void {
    this.#observers.add(observer)
    return () => void this.#observers.delete(observer)
  }

  /**
   * Brings a run to `count` replicates; those that are done stay, unfinished ones go on from their checkpoints. Resolves
   * when all are done or the work was interrupted. Throws `refused` for a run without a result, or while others work.
   *
   * @param place where they are trained; by default side by side on this machine
   */
  run(runId: number, count: number, place?: Workplace): Promise<ReplicationEnd> {
    if (this.#work !== null)
      throw refused(
        `Replicates of run ${this.#work.work.runId} are at work.`,
        'Wait for their end, or stop them first.',
      )
    const record = readRunRecord(this.#project.database, runId)
    if (record.summary.status !== 'done')
      throw refused(
        `${record.summary.name} is ${record.summary.status}: only a finished run can be replicated.`,
        'Let it finish first.',
        { id: String(runId) },
      )
    if (!canReplicate(record.summary.method))
      throw refused(
        `A run of the method ${record.summary.method} says nothing of the samples that replicates could be compared on.`,
        '',
        {
          field: 'run',
        },
      )
    const elsewhere = replicateTasks(this.#project.database, runId)
    if (elsewhere.length > 0 && (place === undefined || place.leave === null))
      throw refused(
        `${elsewhere.length} replicates of ${record.summary.name} are at work on the cluster.`,
        'Go on with them there (--on slurm), or take them back first (--cancel).',
        { field: 'on' },
      )
    planReplicates(this.#project.database, runId, count, (position) => replicateSeed(record.summary.seed, position))
    const rows = listReplicates(this.#project.database, runId)
    const waiting = rows.filter((row) => row.status === 'waiting')
    const work: Work = {
      runId,
      planned: rows.length,
      atWork: new Map(),
      took: [],
      expected: place === undefined ? estimateReplication(record, 1) : null,
      children: new Set(),
      place: place ?? this.#local(record),
      interrupted: false,
    }
    const end = this.#all(record, work, waiting).finally(() => (this.#work = null))
    this.#work = { work, end }
    return end
  }

  /** Asks for checkpoints and the end; `run` then resolves. */
  interrupt(): void {
    if (this.#work === null) return
    this.#work.work.interrupted = true
    for (const child of this.#work.work.children) child.interrupt()
  }

  /** At once: what is in work goes back to its last checkpoint. */
  kill(): void {
    if (this.#work === null) return
    this.#work.work.interrupted = true
    for (const child of this.#work.work.children) child.kill()
  }

  /** Leaves what works on by itself, interrupts what does not, and waits; then the project may be closed. */
  async close(): Promise<void> {
    const end = this.#work?.end
    const leave = this.#work?.work.place.leave
    if (leave == null) this.interrupt()
    else leave()
    await end?.catch(() => undefined)
  }

  async #all(record: RunRecord, work: Work, waiting: ReplicateRow[]): Promise<ReplicationEnd> {
    const { database } = this.#project
    const { packFile, sha256 } = await packFor(database, record.summary.datasetId, contentOf(database, record))
    const one = async (): Promise<void> => {
      for (let row = waiting.shift(); row !== undefined && !work.interrupted; row = waiting.shift())
        await this.#replicate(
          this.#jobOf(record, row, work.place, { packFile, packSha256: sha256 }),
          work,
          row.position,
        )
    }
    this.#tell(work)
    await Promise.all(Array.from({ length: Math.min(work.place.atOnce, waiting.length) }, one))
    await work.place.tidied()
    const rows = listReplicates(this.#project.database, work.runId)
    return {
      runId: work.runId,
      planned: rows.length,
      done: rows.filter((row) => row.status === 'done').length,
      error: rows.find((row) => row.error !== null)?.error ?? null,
      interrupted: work.interrupted,
      left: replicateTasks(database, work.runId).length,
    }
  }

  #local({ summary }: RunRecord): Workplace {
    return new LocalPlace(this.#options, this.#workers ?? trainersAtOnce(summary.engine), 1)
  }

  #jobOf(
    { summary }: RunRecord,
    row: ReplicateRow,
    { threads }: Workplace,
    pack: Pick<TrainJob, 'packFile' | 'packSha256'>,
  ): TrainJob {
    const folder = replicateFolder(this.#project.file, summary.id, row.position)
    makeFolderSync(folder)
    // At once: the replicates begin in their order.
    const begun = readdirSync(folder).some((name) => name.endsWith('.ckpt'))
    return {
      runId: summary.id,
      method: summary.method,
      ...pack,
      runFolder: folder,
      config: settingsOf(summary.method).onShare?.(summary.config, replicateShare) ?? summary.config,
      seed: row.seed,
      engine: summary.engine ?? 'auto',
      threads,
      resume: begun,
      replicate: row.position,
      subsample: { share: replicateShare, seed: row.seed },
    }
  }

  async #replicate(job: TrainJob, work: Work, position: number): Promise<void> {
    const { database } = this.#project
    let seconds = 0
    const broken: unknown[] = []
    const child = work.place.start(job, {
      event: (event) => {
        if (event.type === 'progress') {
          const { fraction } = event
          const begun = work.atWork.get(position)
          if (begun === undefined)
            work.atWork.set(position, { from: job.resume ? fraction : 0, begun: performance.now(), fraction })
          else begun.fraction = fraction
          this.#tell(work)
        } else if (event.type === 'epoch') seconds = event.metrics.seconds
        try {
          if (event.type === 'done') recordReplicate(database, job.runId, position, { sha256: event.sha256, seconds })
          else if (event.type === 'failed' && !work.interrupted)
            recordReplicateFailure(database, job.runId, position, event.error)
        } catch (error) {
          broken.push(error)
        }
      },
    })
    work.children.add(child)
    if (work.interrupted) child.interrupt()
    const end = await child.ended
    work.children.delete(child)
    for (const error of broken) throw error instanceof Error ? error : new Error(String(error))
    const begun = work.atWork.get(position)
    work.atWork.delete(position)
    if (end?.type === 'done' && !job.resume && begun !== undefined)
      work.took.push((performance.now() - begun.begun) / 1000)
    // Of a good end its replicate alone is kept. Tried again after a bad one it begins anew: its checkpoints may be what it failed at.
    if (end?.type === 'done' || (end?.type === 'failed' && !work.interrupted))
      await removeAllBut(job.runFolder, replicateName).catch(() => undefined)
    this.#tell(work)
  }

  #tell(work: Work): void {
    const rows = listReplicates(this.#project.database, work.runId)
    const done = rows.filter((row) => row.status === 'done').length
    const failed = rows.filter((row) => row.status === 'failed').length
    const now = performance.now()
    const atWork = [...work.atWork.values()].map(({ from, fraction, begun }) => ({
      ...{ from, fraction, seconds: (now - begun) / 1000 },
    }))
    const worked = atWork.reduce((sum, { fraction }) => sum + fraction, 0)
    const { took } = work
    const expected = took.length > 0 ? took.reduce((sum, one) => sum + one, 0) / took.length : work.expected
    const waiting = Math.max(0, work.planned - done - failed - atWork.length)
    const progress: ReplicationProgress = {
      runId: work.runId,
      planned: work.planned,
      done,
      failed,
      fraction: Math.min(1, (done + worked) / Math.max(1, work.planned)),
      secondsLeft: replicationSecondsLeft(
        atWork,
        waiting,
        // How many a cluster takes at once is seen, not known.
        work.expected === null ? atWork.length : work.place.atOnce,
        expected,
      ),
    }
    for (const observer of this.#observers) observer(progress)
  }
}

/** Open tasks of the run's replicates on a cluster. */
export function replicateTasks(database: ReadableDatabase, runId: number): ClusterTask[] {
  return openTasks(database).filter(({ run_id, replicate }) => run_id === runId && replicate !== null)
}

/** The checkpoints of a replicate that has come to its end, good or bad, have served. */
async function removeAllBut(folder: string, kept: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name !== kept)
  await Promise.all(names.map((name) => rm(join(folder, name), { recursive: true, force: true })))
}
