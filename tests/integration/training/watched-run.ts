/** Runs of the fake trainer in real processes, with what they said. */
import { join } from 'node:path'
import {
  type RunEnd,
  RunSupervisor,
  type SupervisedRun,
  type SupervisorOptions,
} from '../../../src-main/training/supervisor.ts'
import type { TrainerEvent, TrainJob } from '../../../src-shared/domain/run.ts'
import type { Fault } from '../../unit/training/faulty-disk.ts'

export const fakeTrainer = join(import.meta.dirname, 'fake-trainer.ts')

export interface WatchedRun {
  readonly run: SupervisedRun
  readonly events: readonly TrainerEvent[]
  /** The next event that fits, from now on or already there; rejects when the run ends without one. */
  readonly waitFor: (fits: (event: TrainerEvent) => boolean) => Promise<TrainerEvent>
}

export interface WatchOptions extends SupervisorOptions {
  readonly fault?: Fault
  readonly environment?: Readonly<Record<string, string>>
}

export function watch(job: TrainJob, options: WatchOptions = {}): WatchedRun {
  const { fault, environment = {}, ...rest } = options
  const events: TrainerEvent[] = []
  const waiting = new Set<(event: TrainerEvent) => void>()
  const variables = { ...environment, ...(fault === undefined ? {} : { TEST_FAULT: JSON.stringify(fault) }) }
  // The child takes the environment at the moment of the spawn.
  Object.assign(process.env, variables)
  const run = new RunSupervisor({ entry: fakeTrainer, ...rest }).start(job, {
    event: (event) => {
      events.push(event)
      for (const tell of waiting) tell(event)
    },
  })
  for (const name of Object.keys(variables)) Reflect.deleteProperty(process.env, name)
  return {
    run,
    events,
    waitFor: (fits) =>
      new Promise((resolve, reject) => {
        const earlier = events.find(fits)
        if (earlier !== undefined) {
          resolve(earlier)
          return
        }
        waiting.add((event) => {
          if (fits(event)) resolve(event)
        })
        void run.ended.then((end) => reject(new Error(`the run ended before: ${JSON.stringify(end)}`)))
      }),
  }
}

/** Runs the job to its end. */
export async function perform(job: TrainJob, options: WatchOptions = {}): Promise<RunEnd> {
  return watch(job, options).run.ended
}

export function isHolding(event: TrainerEvent): boolean {
  return event.type === 'log' && event.message.startsWith('holding at step')
}
