/**
 * The runs of an open project: checked and stored before they start, trained one at a time, every event written to the
 * project before anyone hears of it. The window and the command line both train through this.
 */
import { existsSync, renameSync } from 'node:fs'
import type { ErrorData } from '../../src-shared/errors.ts'
import { refused, toErrorData } from '../../src-shared/errors.ts'
import { refusedFor } from '../../src-shared/config/parse.ts'
import type { EarlierRun, EngineName, Method, RunSummary, TrainerEvent, TrainJob } from '../../src-shared/domain/run.ts'
import { openTask } from '../project/cluster-tasks.ts'
import { readDataset } from '../project/datasets.ts'
import { explaining } from '../project/disk-errors.ts'
import { runFolder } from '../project/folders.ts'
import { forgetLastWord, holdLastWord, makeRoom, settleLastWords } from '../project/last-words.ts'
import { contentSha256, packFor } from '../project/packs.ts'
import { contentOf, preparedNames } from '../project/preparations.ts'
import type { WritableProject } from '../project/project.ts'
import { copyEpochs } from '../project/run-history.ts'
import { insertRun, readRun, readRunRecord, updateRun } from '../project/runs.ts'
import { RunSupervisor } from '../training/supervisor.ts'
import type { JobAtWork, Workplace } from '../training/workplace.ts'
import { featuresOf } from './features.ts'
import { goesOnFrom } from './go-on.ts'
import { checkFit } from './run-check.ts'
import { recordEvent } from './run-record.ts'
import { makeFolderSync } from '../datasets/make-folder.ts'

export interface RunRequest {
  readonly datasetId: number
  readonly method: Method
  /** Unset keys take their defaults. */
  readonly config: unknown
  readonly seed: number
  readonly engine: EngineName | 'auto'
  /** Null: as many as the engine thinks best. */
  readonly threads: number | null
  /** Null: "Run 7". */
  readonly name: string | null
  /** The finished run whose model it begins with (go-on.ts). */
  readonly goesOnFrom?: EarlierRun
}

export interface RunObserver {
  /** After each change of a run's row. */
  readonly changed?: (run: RunSummary) => void
  /** Every event of the trainer, after it was written. */
  readonly event?: (runId: number, event: TrainerEvent) => void
}

interface Current {
  readonly runId: number
  /** Null while its data are being made ready. */
  supervised: JobAtWork | null
  /** What became of the project's own writing: the run is then ended and fails with it. */
  broken: ErrorData | null
  interrupted: boolean
}

/**
 * A new run's folder that is there already belongs to a project that was here before, or to a later state of this one
 * that a backup has replaced: kept under another name.
 */
function setAside(folder: string): void {
  for (let n = 1; ; n++) {
    const aside = `${folder}.before-${n}`
    if (existsSync(aside)) continue
    renameSync(folder, aside)
    return
  }
}

export class RunQueue {
  readonly #project: WritableProject
  readonly #place: Pick<Workplace, 'start'>
  readonly #observers = new Set<RunObserver>()
  readonly #waiting: { readonly runId: number; readonly resume: boolean }[] = []
  readonly #ends = new Map<number, PromiseWithResolvers<RunSummary>>()
  /** Runs to be paused as soon as there is a trainer to pause. */
  readonly #toPause = new Set<number>()
  #current: Current | null = null

  constructor(project: WritableProject, place: Pick<Workplace, 'start'> = new RunSupervisor()) {
    this.#project = project
    this.#place = place
  }

  /** Calls the observer until the returned function is called. */
  observe(observer: RunObserver): () => void {
    this.#observers.add(observer)
    return () => void this.#observers.delete(observer)
  }

  /** Ids of the runs at work or waiting. */
  get active(): readonly number[] {
    return [...(this.#current === null ? [] : [this.#current.runId]), ...this.#waiting.map((w) => w.runId)]
  }

  /**
   * Stores a run and starts it, now or after those before it. Throws `refused`, with nothing stored, when the method is
   * not available or the configuration is wrong in itself or for the data set.
   */
  start(request: RunRequest): RunSummary {
    return this.startSeeds(request, 1)[0]!
  }

  /** As `start`, so many trainings from the request's seed upwards, one after the other: all are stored, or none. */
  startSeeds(request: RunRequest, trainings: number): RunSummary[] {
    const dataset = readDataset(this.#project.database, request.datasetId)
    const { method } = request
    const { config, problems } = checkFit(this.#project.database, dataset, method, request.config)
    if (config === null) throw refusedFor(problems)
    const { database } = this.#project
    const datasetSha256 = contentSha256(database, dataset.id, preparedNames(database, dataset.id, config))
    const runs = database.transaction(() =>
      Array.from({ length: trainings }, (_, i) => {
        const seed = request.seed + i
        const name =
          request.name === null || trainings === 1 ? request.name : `${request.name.slice(0, 180)}, seed ${seed}`
        const inserted = insertRun(database, { ...request, config, datasetSha256, seed, name })
        if (request.goesOnFrom !== undefined) copyEpochs(database, request.goesOnFrom.run, inserted.id)
        return inserted
      }),
    )
    for (const { id } of runs) this.#enqueue(id, false)
    return runs
  }

  /** Goes on from the run's newest checkpoint. Throws `refused` for a run that is done, or at work already. */
  resume(runId: number): RunSummary {
    settleLastWords(this.#project.database)
    const run = readRun(this.#project.database, runId)
    if (openTask(this.#project.database, runId, null) !== null)
      throw refused(
        `${run.name} is at work on the cluster.`,
        'Go on with its study, which watches it there, or take it back first: causalscope study --study ID --cancel',
        { id: String(runId) },
      )
    if (run.status !== 'interrupted' && run.status !== 'failed')
      throw refused(`${run.name} is ${run.status}: only an interrupted or failed run can be resumed.`, '', {
        id: String(runId),
      })
    updateRun(this.#project.database, runId, { status: 'queued', error: null, finishedAt: null })
    this.#enqueue(runId, true)
    return readRun(this.#project.database, runId)
  }

  /** Watches a run that its place works on already. */
  attach(runId: number): void {
    this.#enqueue(runId, true)
  }

  run(runId: number): RunSummary {
    return readRun(this.#project.database, runId)
  }

  /** Before its first step, where its trainer is not there yet. */
  pause(runId: number): void {
    const atWork = this.#atWork(runId)
    if (atWork !== null) atWork.pause()
    else if (this.active.includes(runId)) this.#toPause.add(runId)
  }

  continue(runId: number): void {
    this.#toPause.delete(runId)
    this.#atWork(runId)?.continue()
  }

  /** Asks for a checkpoint and the end; a waiting run is taken from the queue. */
  interrupt(runId: number): void {
    const waiting = this.#waiting.findIndex((w) => w.runId === runId)
    if (waiting >= 0) {
      this.#waiting.splice(waiting, 1)
      this.#leaveQueue(runId)
    } else if (this.#current?.runId === runId) {
      this.#current.interrupted = true
      this.#current.supervised?.interrupt()
    }
  }

  /** At once, without a last checkpoint. */
  kill(runId: number): void {
    this.#atWork(runId)?.kill()
  }

  /** The run once it is no longer queued, at work or paused. */
  async ended(runId: number): Promise<RunSummary> {
    if (!this.active.includes(runId)) return readRun(this.#project.database, runId)
    const end = this.#ends.get(runId) ?? Promise.withResolvers<RunSummary>()
    this.#ends.set(runId, end)
    return end.promise
  }

  /** Interrupts everything and waits for the last checkpoint; then the project may be closed. */
  async close(): Promise<void> {
    const ends = this.active.map((runId) => this.ended(runId))
    for (const runId of this.active.toReversed()) this.interrupt(runId)
    await Promise.all(ends)
    try {
      settleLastWords(this.#project.database)
    } catch {
      // The disk still takes nothing: the words wait beside the project.
    }
  }

  #atWork(runId: number): JobAtWork | null {
    return this.#current?.runId === runId ? this.#current.supervised : null
  }

  #enqueue(runId: number, resume: boolean): void {
    this.#waiting.push({ runId, resume })
    this.#changed(runId)
    this.#next()
  }

  #next(): void {
    if (this.#current !== null) return
    const next = this.#waiting.shift()
    if (next === undefined) return
    const current: Current = { runId: next.runId, supervised: null, broken: null, interrupted: false }
    this.#current = current
    void this.#train(current, next.resume)
  }

  async #train(current: Current, resume: boolean): Promise<void> {
    const { runId } = current
    try {
      const job = await this.#jobOf(runId, resume)
      if (current.interrupted) {
        this.#hear(current, { type: 'interrupted', step: 0 })
      } else {
        current.supervised = this.#place.start(job, { event: (event) => this.#hear(current, event) })
        if (this.#toPause.delete(runId)) current.supervised.pause()
        await current.supervised.ended
      }
    } catch (error) {
      this.#hear(current, { type: 'failed', error: toErrorData(error) })
    }
    this.#current = null
    this.#announceEnd(runId)
    this.#next()
  }

  async #jobOf(runId: number, resume: boolean): Promise<TrainJob> {
    const { database, file } = this.#project
    const record = readRunRecord(database, runId)
    const { summary, requestedEngine, requestedThreads } = record
    const { packFile, sha256 } = await packFor(database, summary.datasetId, contentOf(database, record))
    const folder = runFolder(file, runId)
    if (!resume && existsSync(folder)) setAside(folder)
    explaining(folder, () => {
      makeFolderSync(folder)
      makeRoom(file, runId)
    })
    return {
      runId,
      method: summary.method,
      packFile,
      packSha256: sha256,
      runFolder: folder,
      config: summary.config,
      seed: summary.seed,
      engine: requestedEngine,
      threads: requestedThreads,
      resume,
      features: featuresOf(database, file, summary.config),
      goesOnFrom: goesOnFrom(record, file),
    }
  }

  #hear(current: Current, event: TrainerEvent): void {
    const { runId } = current
    const { database } = this.#project
    const end = event.type === 'done' || event.type === 'interrupted' || event.type === 'failed'
    let written: TrainerEvent = end && current.broken !== null ? { type: 'failed', error: current.broken } : event
    try {
      recordEvent(database, runId, written)
      if (end) forgetLastWord(database, runId)
    } catch (error) {
      // Training on would lose what it says: keep what is on disk, stop, and say why.
      current.broken ??= toErrorData(error)
      if (end) {
        if (written.type !== 'failed') written = { type: 'failed', error: current.broken }
        holdLastWord(database, runId, { status: 'failed', at: new Date().toISOString(), error: written.error })
      } else current.supervised?.interrupt()
    }
    for (const observer of this.#observers) observer.event?.(runId, written)
    if (written.type !== 'progress' && written.type !== 'preview') this.#changed(runId)
  }

  #leaveQueue(runId: number): void {
    const { database } = this.#project
    this.#toPause.delete(runId)
    try {
      updateRun(database, runId, { status: 'interrupted' })
    } catch {
      holdLastWord(database, runId, { status: 'interrupted', at: new Date().toISOString(), error: null })
    }
    this.#changed(runId)
    this.#announceEnd(runId)
  }

  #announceEnd(runId: number): void {
    const end = this.#ends.get(runId)
    this.#ends.delete(runId)
    this.#toPause.delete(runId)
    try {
      end?.resolve(readRun(this.#project.database, runId))
    } catch (error) {
      end?.reject(error)
    }
  }

  #changed(runId: number): void {
    const run = readRun(this.#project.database, runId)
    for (const observer of this.#observers) observer.changed?.(run)
  }
}
