/** A study's runs as a queue of tasks, wherever they are worked on. */
import type { TaskState } from '../../../src-shared/domain/cluster.ts'
import type { RunStatus } from '../../../src-shared/domain/run.ts'
import { openTask } from '../../project/cluster-tasks.ts'
import type { ReadableDatabase } from '../../project/database.ts'
import { readRun } from '../../project/runs.ts'
import { type Study, studyRuns } from '../../project/studies.ts'
import { pointsOf, settingWords } from './grid.ts'

export interface StudyTask {
  readonly position: number
  /** What it trains: its settings, its seed. */
  readonly words: string
  /** Null before it was begun, or after it was taken away. */
  readonly run: number | null
  readonly state: TaskState
  /** Its task on a cluster is open. */
  readonly elsewhere: boolean
  /** Where it is, what keeps it waiting, how it ended. */
  readonly note: string
  /** How often it was begun there. */
  readonly attempts: number
}

const states: Readonly<Record<RunStatus, TaskState>> = {
  ...{
    queued: 'queued',
    running: 'running',
    paused: 'running',
    interrupted: 'stopped',
    done: 'done',
    failed: 'failed',
  },
}

/** In the order of the study. */
export function studyTasksTable(database: ReadableDatabase, study: Study): StudyTask[] {
  const runs = studyRuns(database, study.id)
  return pointsOf(study).map(({ seed, values }, position) => {
    const settings = settingWords(study, values)
    const words = `${settings === '' ? '' : `${settings}, `}seed ${seed}`
    const run = runs.get(position) ?? null
    if (run === null) return { position, words, run, state: 'waiting', elsewhere: false, note: '', attempts: 0 }
    const task = openTask(database, run, null)
    const { status, error } = readRun(database, run)
    if (task === null) return { position, words, run, state: states[status], elsewhere: false, note: error?.message ?? '', attempts: 0 } // prettier-ignore
    return { position, words, run, state: task.state, elsewhere: true, note: task.note, attempts: task.attempt }
  })
}
