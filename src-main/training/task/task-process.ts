/**
 * Entry of a task on a machine of the cluster: `task-process WORK-FOLDER LIST`, where the list names a task a line and
 * Slurm says which line is meant.
 */
import { readFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { readManifest } from '../provenance.ts'
import { LocalPlace } from '../workplace.ts'
import { type Leaving, runTask } from './run-task.ts'

const [work, list] = process.argv.slice(2)
const environment = process.env
const index = Number(environment.SLURM_ARRAY_TASK_ID)
if (work === undefined || list === undefined || !Number.isInteger(index))
  throw new Error('This is started by Slurm, with a work folder and a list of its tasks.')
const task = Number(readFileSync(list, 'utf8').split('\n')[index])

const leaving: Leaving = { reason: null, leave: () => undefined }
const leave = (reason: 'time' | 'asked'): void => {
  leaving.reason ??= reason
  leaving.leave(reason)
}
// Slurm sends the first as the time limit nears, the second when a task is cancelled or has to make room.
process.on('SIGUSR2', () => leave('time'))
process.on('SIGTERM', () => leave('asked'))

const start = {
  job: `${environment.SLURM_ARRAY_JOB_ID ?? '?'}_${index}`,
  node: environment.SLURMD_NODENAME ?? hostname(),
  pid: process.pid,
  at: new Date().toISOString(),
}
const { version } = await readManifest()
// Slurm's own where the cluster makes one for each job.
const scratch = environment.SLURM_TMPDIR ?? tmpdir()
const good = await runTask(work, task, { place: new LocalPlace({}, 1, null), version, start, leaving, scratch })
process.exit(good ? 0 : 1)
