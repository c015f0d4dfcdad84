/**
 * A study at work: its runs are runs of the project, trained several at once, one thread each, through queues of their own.
 * Whatever ends it, finished runs stay and unfinished ones go on from their checkpoints.
 */
import type { ErrorData } from '../../../src-shared/errors.ts'
import { refused } from '../../../src-shared/errors.ts'
import { refusedFor } from '../../../src-shared/config/parse.ts'
import { openTask, openTasks, type ClusterTask } from '../../project/cluster-tasks.ts'
import { readDataset } from '../../project/datasets.ts'
import type { ReadableDatabase } from '../../project/database.ts'
import type { WritableProject } from '../../project/project.ts'
import { readRun } from '../../project/runs.ts'
import {
  countStudyRuns,
  insertStudy,
  type NewStudy,
  readStudy,
  recordStudyRun,
  type Study,
  studyRuns,
} from '../../project/studies.ts'
import type { SupervisorOptions } from '../../training/supervisor.ts'
import { LocalPlace, type Workplace } from '../../training/workplace.ts'
import { trainersAtOnce } from '../replication.ts'
import { checkFit } from '../run-check.ts'
import { RunQueue, type RunObserver } from '../run-queue.ts'
import { configAt, pointsOf, settingWords, type StudyPoint } from './grid.ts'

export interface StudyProgress {
  readonly studyId: number
  readonly planned: number
  readonly done: number
  readonly failed: number
  /** Of all, 0 to 1. */
  readonly fraction: number
  readonly secondsLeft: number | null
}

export interface StudyEnd {
  readonly planned: number
  readonly done: number
  /** Why a run failed, the first of them; null when none did. */
  readonly error: ErrorData | null
  readonly interrupted: boolean
  /** Runs that work on elsewhere, without being watched any more. */
  readonly left: number
}

/** Stores a study once every one of its runs could be started. Throws `refused` with all that is wrong of the first that could not. */
export function beginStudy(project: WritableProject, plan: NewStudy): Study {
  const dataset = readDataset(project.database, plan.datasetId)
  const { method } = plan
  const [first] = plan.seeds
  for (const point of pointsOf({ ...plan, seeds: [first!] })) {
    const { config, problems } = checkFit(project.database, dataset, method, configAt(plan, point))
    if (config === null) throw refusedFor(problems)
  }
  pointsOf(plan)
  return insertStudy(project.database, plan)
}

/** What is at work, as far as it has come. */
interface Work {
  readonly study: Study
  readonly points: readonly StudyPoint[]
  readonly begun: number
  readonly startedAt: number
  readonly fractions: Map<number, number>
  readonly queues: RunQueue[]
  readonly place: Workplace
  interrupted: boolean
}

export interface StudyWorkOptions extends SupervisorOptions {
  /** Runs at once; by default one a core, and a single one where they share a GPU. */
  readonly workers?: number
  /** Hears of the study's runs as of any other. */
  readonly runs?: RunObserver
}

export class StudyWork {
  readonly #project: WritableProject
  readonly #options: StudyWorkOptions
  readonly #observers = new Set<(progress: StudyProgress) => void>()
  #work: Work | null = null
  #end: Promise<unknown> = Promise.resolve()

  constructor(project: WritableProject, options: StudyWorkOptions = {}) {
    this.#project = project
    this.#options = options
  }

  /** The study at work, null when there is none. */
  get active(): number | null {
    return this.#work?.study.id ?? null
  }

  /** Throws `refused` while a study is at work. */
  requireIdle(): void {
    if (this.#work !== null)
      throw refused(`${this.#work.study.name} is at work.`, 'Wait for its end, or stop it first.')
  }

  /** Calls the observer until the returned function is called. */
  observe(observer: (progress: StudyProgress) => void): () => void {
    this.#observers.add(observer)
    return () => void this.#observers.delete(observer)
  }

  /**
   * Brings the study to its end: runs that are done stay, interrupted and failed ones go on, those that were taken away are
   * trained again. Throws `refused` while another is at work.
   *
   * @param place where its runs are trained; by default side by side on this machine
   */
  run(studyId: number, place?: Workplace): Promise<StudyEnd> {
    this.requireIdle()
    const study = readStudy(this.#project.database, studyId)
    if (place === undefined || place.leave === null) requireNoneElsewhere(this.#project.database, study)
    const points = pointsOf(study)
    const waiting = Array.from(points.keys()).filter((position) => this.#isWaiting(studyId, position))
    const work: Work = {
      ...{ study, points, begun: points.length - waiting.length, startedAt: performance.now() },
      ...{ fractions: new Map<number, number>(), queues: [], interrupted: false },
      place: place ?? this.#local(study),
    }
    this.#work = work
    const end = this.#all(work, waiting).finally(() => (this.#work = null))
    this.#end = end.catch(() => undefined)
    return end
  }

  #local({ engine }: Study): Workplace {
    return new LocalPlace(this.#options, this.#options.workers ?? trainersAtOnce(engine === 'auto' ? null : engine))
  }

  async #all(work: Work, waiting: number[]): Promise<StudyEnd> {
    const { database } = this.#project
    const one = async (): Promise<void> => {
      const queue = new RunQueue(this.#project, work.place)
      work.queues.push(queue)
      if (this.#options.runs !== undefined) queue.observe(this.#options.runs)
      for (let next = waiting.shift(); next !== undefined && !work.interrupted; next = waiting.shift())
        await this.#train(work, queue, next)
    }
    this.#tell(work)
    const ends = await Promise.allSettled(Array.from({ length: Math.min(work.place.atOnce, waiting.length) }, one))
    await work.place.tidied()
    const broken = ends.find(({ status }) => status === 'rejected')
    if (broken?.status === 'rejected') throw broken.reason
    const runs = Array.from(studyRuns(database, work.study.id).values(), (id) => readRun(database, id))
    return {
      planned: work.points.length,
      done: runs.filter(({ status }) => status === 'done').length,
      error: runs.find(({ status }) => status === 'failed')?.error ?? null,
      interrupted: work.interrupted,
      left: studyTasks(database, work.study).length,
    }
  }

  /** Leaves what works on by itself, interrupts what does not, and waits; then the project may be closed. */
  async close(): Promise<void> {
    const leave = this.#work?.place.leave
    if (leave == null) this.interrupt()
    else leave()
    await this.#end
  }

  /** Asks for checkpoints and the end; `run` then resolves. */
  interrupt(): void {
    this.#stop((queue, runId) => queue.interrupt(runId))
  }

  /** At once: what is in work goes back to its last checkpoint. */
  kill(): void {
    this.#stop((queue, runId) => queue.kill(runId))
  }

  #stop(how: (queue: RunQueue, runId: number) => void): void {
    if (this.#work === null) return
    this.#work.interrupted = true
    for (const queue of this.#work.queues) for (const runId of queue.active) how(queue, runId)
  }

  /** Not one that is done, nor one that a person has resumed by itself. */
  #isWaiting(studyId: number, position: number): boolean {
    const runId = studyRuns(this.#project.database, studyId).get(position)
    if (runId === undefined || openTask(this.#project.database, runId, null) !== null) return true
    return ['interrupted', 'failed'].includes(readRun(this.#project.database, runId).status)
  }

  async #train(work: Work, queue: RunQueue, position: number): Promise<void> {
    const { database } = this.#project
    const { study } = work
    const known = studyRuns(database, study.id).get(position)
    const runId = known ?? this.#start(work, queue, position)
    if (known !== undefined)
      if (openTask(database, runId, null) === null) queue.resume(runId)
      else queue.attach(runId)
    const forget = queue.observe({
      event: (_, event) => {
        if (event.type !== 'progress') return
        work.fractions.set(position, event.fraction)
        this.#tell(work)
      },
    })
    const ended = await queue.ended(runId)
    forget()
    if (ended.status === 'done') work.fractions.set(position, 1)
    else work.fractions.delete(position)
    this.#tell(work)
  }

  #start({ study, points, place }: Work, queue: RunQueue, position: number): number {
    const point = points[position]!
    const words = settingWords(study, point.values)
    const run = queue.start({
      datasetId: study.datasetId,
      method: study.method,
      config: configAt(study, point),
      seed: point.seed,
      engine: study.engine,
      threads: place.threads,
      name: `${study.name}: ${words === '' ? '' : `${words}, `}seed ${point.seed}`,
    })
    recordStudyRun(this.#project.database, study.id, position, run.id)
    return run.id
  }

  #tell({ study, points, begun, startedAt, fractions }: Work): void {
    const { database } = this.#project
    const counts = countStudyRuns(database, study.id)
    const worked = [...fractions.values()].reduce((sum, fraction) => sum + fraction, 0)
    const elapsed = (performance.now() - startedAt) / 1000
    const progress: StudyProgress = {
      studyId: study.id,
      planned: points.length,
      done: counts.done,
      failed: counts.failed,
      fraction: Math.min(1, (begun + worked) / points.length),
      secondsLeft: worked > 0.02 ? (elapsed * (points.length - begun - worked)) / worked : null,
    }
    for (const observer of this.#observers) observer(progress)
  }
}

/** Open tasks of the study's runs on a cluster. */
export function studyTasks(database: ReadableDatabase, { id }: Study): ClusterTask[] {
  const runs = new Set(studyRuns(database, id).values())
  return openTasks(database).filter(({ run_id, replicate }) => replicate === null && runs.has(run_id))
}

function requireNoneElsewhere(database: ReadableDatabase, study: Study): void {
  const tasks = studyTasks(database, study)
  if (tasks.length === 0) return
  throw refused(
    `${tasks.length} runs of ${study.name} are at work on the cluster.`,
    'Go on with it there (--on slurm), or take them back first (--cancel).',
    { field: 'on' },
  )
}
