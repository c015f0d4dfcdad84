/** Where jobs are trained: the processes of this machine here, whatever takes jobs elsewhere. */
import type { TrainJob } from '../../src-shared/domain/run.ts'
import { type RunEnd, type RunListener, RunSupervisor, type SupervisorOptions } from './supervisor.ts'

/** A job that was handed over. Commands to one that has ended do nothing. */
export interface JobAtWork {
  /** How it ended; never rejects. Null: it was left, and works on without being watched. */
  readonly ended: Promise<RunEnd | null>
  pause(): void
  continue(): void
  /** Asks for a checkpoint and the end. */
  interrupt(): void
  /** At once. */
  kill(): void
}

export interface Workplace {
  /** Jobs that may be at work at once. */
  readonly atOnce: number
  /** Threads of each; null: as many as its engine thinks best. */
  readonly threads: number | null
  /** Takes a job; every event is told in order, the end last, before `ended` resolves. */
  start(job: TrainJob, listener: RunListener): JobAtWork
  /** Stops watching what works on without this program; null where nothing does. */
  readonly leave: (() => void) | null
  /** Resolves once what jobs that have ended left behind is tidied away. */
  tidied(): Promise<void>
}

/** Trainer processes of this machine, side by side. */
export class LocalPlace implements Workplace {
  readonly atOnce: number
  readonly threads: number | null
  readonly leave = null
  readonly #options: SupervisorOptions

  /** @param threads of each job; by default one where several are at work at once */
  constructor(options: SupervisorOptions, atOnce: number, threads: number | null = atOnce > 1 ? 1 : null) {
    this.#options = options
    this.atOnce = atOnce
    this.threads = threads
  }

  start(job: TrainJob, listener: RunListener): JobAtWork {
    return new RunSupervisor(this.#options).start(job, listener)
  }

  tidied(): Promise<void> {
    return Promise.resolve()
  }
}
