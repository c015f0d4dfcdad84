/** The open project: its file, its queue of runs, and what the page hears of them. */
import { statSync } from 'node:fs'
import { basename } from 'node:path'
import type { AnyEvent } from '../../src-shared/contract.ts'
import type { ProjectState } from '../../src-shared/contract/projects.ts'
import type { Preview } from '../../src-shared/contract/runs.ts'
import type { ReplicationState } from '../../src-shared/contract/replication.ts'
import type { StudyState } from '../../src-shared/contract/studies.ts'
import type { ReplicationProgress } from '../../src-shared/domain/replication.ts'
import { type ErrorData, toErrorData } from '../../src-shared/errors.ts'
import type { RunSummary, TrainerEvent } from '../../src-shared/domain/run.ts'
import type { SlurmSettings } from '../../src-shared/domain/cluster.ts'
import { openTasks } from '../project/cluster-tasks.ts'
import { listDatasets } from '../project/datasets.ts'
import { projectExtension } from '../project/folders.ts'
import { openProject, type WritableProject } from '../project/project.ts'
import { listRecoveries } from '../project/recoveries.ts'
import { listReplicates } from '../project/replicates.ts'
import { listRuns, readRun } from '../project/runs.ts'
import { listStudies } from '../project/studies.ts'
import { slurmPlace } from '../services/cluster/place.ts'
import { ModelQuestions } from '../services/inference.ts'
import { Replication, type ReplicationEnd } from '../services/replication.ts'
import { restateRun } from '../services/restate.ts'
import { RunQueue, type RunObserver } from '../services/run-queue.ts'
import { type StudyEnd, type StudyProgress, studyTasks, StudyWork } from '../services/studies/study-work.ts'
import { RunSupervisor, type SupervisorOptions } from '../training/supervisor.ts'
import type { Workplace } from '../training/workplace.ts'
import type { DataStore } from './data-store.ts'
import { previewForPage } from './training-preview.ts'

export interface SessionParts {
  readonly store: DataStore
  readonly push: (event: AnyEvent) => void
  /** Sends what is still waiting to be sent. */
  readonly flush: () => void
  /** Told how many runs train or wait, whenever that changes. */
  readonly busy: (running: number) => void
  readonly training: SupervisorOptions
  /** What is asked of a cluster. */
  readonly slurm: () => SlurmSettings
  /** Tells the page of what went wrong without having been asked for. */
  readonly problem: (error: ErrorData) => void
}

export class ProjectSession {
  readonly project: WritableProject
  readonly queue: RunQueue
  readonly questions: ModelQuestions
  readonly replication: Replication
  readonly studies: StudyWork
  readonly #parts: SessionParts
  readonly #previews = new Map<number, Preview>()
  readonly #runs = new Map<number, RunSummary>()
  /** What is still to be written when replicates end. */
  #followed: Promise<void> = Promise.resolve()
  #studied: Promise<void> = Promise.resolve()
  /** What keeps tasks on a cluster up, as it was last heard. */
  #trouble = ''
  #studyProgress: StudyProgress | null = null

  /** Throws as `openProject` does. */
  constructor(path: string, create: 'never' | 'new', parts: SessionParts) {
    this.#parts = parts
    this.project = openProject(path, { program: 'the window', create })
    this.queue = new RunQueue(this.project, new RunSupervisor(parts.training))
    this.questions = new ModelQuestions(this.project, parts.training.spawn)
    this.replication = new Replication(this.project, parts.training)
    this.replication.observe((progress) => this.#tellReplication({ ...progress, working: true, error: null }))
    for (const run of listRuns(this.project.database)) this.#runs.set(run.id, run)
    const observer: RunObserver = {
      changed: (run) => this.#changed(run),
      event: (runId, event) => this.#hear(runId, event),
    }
    this.queue.observe(observer)
    this.studies = new StudyWork(this.project, { ...parts.training, runs: observer })
    this.studies.observe((progress) => {
      this.#studyProgress = progress
      this.#tellStudy({ ...progress, working: true, error: null })
    })
    void this.#watchAgain()
  }

  /** A cluster as the settings say. Throws `refused` where it would not take tasks. */
  cluster(title: string): Promise<Workplace> {
    const again = (): void => {
      if (this.#studyProgress !== null && this.studies.active !== null)
        this.#tellStudy({ ...this.#studyProgress, working: true, error: null })
    }
    const trouble = (words: string): void => {
      this.#trouble = words
      again()
    }
    return slurmPlace(this.project, this.#parts.slurm(), title, { trouble, changed: again })
  }

  /** What a cluster went on with while the project was closed. */
  async #watchAgain(): Promise<void> {
    const { database } = this.project
    if (openTasks(database).length === 0) return
    try {
      const study = listStudies(database).find((one) => studyTasks(database, one).length > 0)
      if (study !== undefined) this.study(study.id, await this.cluster('study'))
      const replicated = openTasks(database).find(({ replicate }) => replicate !== null)?.run_id
      if (replicated !== undefined)
        this.replicate(replicated, listReplicates(database, replicated).length, await this.cluster('replicates'))
    } catch (error) {
      this.#parts.problem(toErrorData(error))
    }
  }

  get state(): ProjectState {
    const { file, database } = this.project
    return {
      path: file,
      name: basename(file, projectExtension),
      datasets: listDatasets(database),
      runs: listRuns(database),
      recoveries: listRecoveries(database),
      savedAt: statSync(file).mtime.toISOString(),
    }
  }

  /** The newest look inside a run that trained since the project was opened. */
  preview(runId: number): Preview | null {
    return this.#previews.get(runId) ?? null
  }

  /** Tells the page of runs that were changed by hand. */
  tell(runs: readonly RunSummary[], removed: readonly number[] = []): void {
    for (const run of runs) this.#runs.set(run.id, run)
    this.#parts.push({ name: 'runs.changed', payload: { runs, removed } })
  }

  /** Brings a finished run to `count` replicates; the page hears of their progress and end. Throws `refused` as `Replication.run`. */
  replicate(runId: number, count: number, place?: Workplace): void {
    const end = this.replication.run(runId, count, place)
    this.#tellBusy()
    this.#followed = this.#follow(runId, end)
  }

  async #follow(runId: number, working: Promise<ReplicationEnd>): Promise<void> {
    let error: ErrorData | null = null
    try {
      const end = await working
      error = end.error
      if (end.done > 0) this.tell([await restateRun(this.project, runId)])
    } catch (failure) {
      error = toErrorData(failure)
    }
    this.#tellBusy()
    const rows = listReplicates(this.project.database, runId)
    const done = rows.filter(({ status }) => status === 'done').length
    const failed = rows.filter(({ status }) => status === 'failed').length
    const fraction = done / Math.max(1, rows.length)
    this.#tellReplication({
      runId,
      planned: rows.length,
      done,
      failed,
      fraction,
      secondsLeft: null,
      working: false,
      error,
    })
  }

  #tellReplication({ runId, ...state }: ReplicationProgress & Pick<ReplicationState, 'working' | 'error'>): void {
    this.#parts.push({ name: 'replication.progress', payload: { run: runId, ...state } })
  }

  /** Brings a study to its end; the page hears of its progress and end. Throws `refused` as `StudyWork.run`. */
  study(studyId: number, place?: Workplace): void {
    this.#trouble = ''
    const end = this.studies.run(studyId, place)
    this.#tellBusy()
    this.#studied = this.#followStudy(studyId, end)
  }

  async #followStudy(studyId: number, working: Promise<StudyEnd>): Promise<void> {
    let end: StudyEnd = { planned: 0, done: 0, error: null, interrupted: false, left: 0 }
    try {
      end = await working
    } catch (failure) {
      end = { ...end, error: toErrorData(failure) }
    }
    this.#tellBusy()
    const { planned, done, error } = end
    const state = { planned, done, failed: 0, fraction: done / Math.max(1, planned), secondsLeft: null }
    this.#tellStudy({ studyId, ...state, working: false, error })
  }

  #tellStudy({ studyId, ...state }: StudyProgress & Pick<StudyState, 'working' | 'error'>): void {
    this.#parts.push({ name: 'study.progress', payload: { study: studyId, ...state, trouble: this.#trouble } })
  }

  /** Runs at work or waiting, and what trains beside them. */
  get working(): number {
    const beside = [this.replication.active, this.studies.active].filter((active) => active !== null)
    return this.queue.active.length + beside.length
  }

  #tellBusy(): void {
    this.#parts.busy(this.working)
  }

  /** Runs are checkpointed and interrupted first. */
  async close(): Promise<void> {
    this.questions.close()
    await this.replication.close()
    await this.#followed
    await this.studies.close()
    await this.#studied
    await this.queue.close()
    this.#parts.flush()
    this.#parts.busy(0)
    this.project.close()
    this.#parts.store.clear()
  }

  #changed(run: RunSummary): void {
    this.tell([run])
    this.#tellBusy()
  }

  #hear(runId: number, event: TrainerEvent): void {
    const { push } = this.#parts
    switch (event.type) {
      case 'progress': {
        const run = this.#runs.get(runId) ?? readRun(this.project.database, runId)
        const { epoch, step, fraction, secondsLeft, secondsAgain } = event
        push({
          name: 'run.progress',
          payload: {
            run: runId,
            status: run.status,
            epoch,
            epochs: run.epochs,
            step,
            fraction,
            secondsLeft,
            secondsAgain,
          },
        })
        return
      }
      case 'epoch':
        push({ name: 'run.epochs', payload: { run: runId, epochs: [event.metrics] } })
        return
      case 'log': {
        const line = { at: new Date().toISOString(), level: event.level, message: event.message }
        push({ name: 'run.log', payload: { run: runId, lines: [line] } })
        return
      }
      case 'preview': {
        const preview = previewForPage(this.project, this.#parts.store, runId, event.preview)
        this.#previews.set(runId, preview)
        push({ name: 'run.preview', payload: preview })
        return
      }
      case 'done':
      case 'interrupted':
      case 'failed':
        this.#parts.flush()
        return
      default:
    }
  }
}
