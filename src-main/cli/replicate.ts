import { defaultReplicates } from '../../src-shared/domain/replication.ts'
import { CausalscopeError } from '../../src-shared/errors.ts'
import { openProject, type WritableProject } from '../project/project.ts'
import { listReplicates } from '../project/replicates.ts'
import { readRun, readRunRecord } from '../project/runs.ts'
import { estimateReplication, Replication, type ReplicationEnd } from '../services/replication.ts'
import { restateRun } from '../services/restate.ts'
import { onInterrupt } from './interrupt.ts'
import { tellResult } from './run-report.ts'
import { shellWord } from './shell-word.ts'
import { clock, type Terminal } from './terminal.ts'

export interface ReplicateOptions {
  readonly project: string
  readonly run: number
  readonly replicates?: number
}

/** `replicate`: brings a finished run to so many replicates, then says what the run finds with them. */
export async function replicate(terminal: Terminal, options: ReplicateOptions): Promise<void> {
  const project = openProject(options.project, { program: 'causalscope replicate' })
  try {
    await followReplication(terminal, project, options.run, options.replicates ?? defaultReplicates, options.project)
    await tellResult(terminal, project, readRun(project.database, options.run))
  } finally {
    project.close()
  }
}

/** Replicates a run with its progress on the terminal; throws when it was interrupted or nothing came of it. */
export async function followReplication(
  terminal: Terminal,
  project: WritableProject,
  runId: number,
  count: number,
  projectArgument: string,
): Promise<void> {
  if (count === 0) return
  const replication = new Replication(project)
  const forget = replication.observe(({ planned, done, fraction, secondsLeft }) => {
    terminal.progress({ label: 'Replicating', fraction, secondsLeft, detail: `${done} of ${planned} replicates done` })
  })
  const release = onInterrupt(
    () => {
      terminal.message('Stopping: checkpoints are being saved. Interrupt again to stop at once.')
      replication.interrupt()
    },
    () => replication.kill(),
  )
  try {
    const work = replication.run(runId, count)
    const waiting = listReplicates(project.database, runId).filter((row) => row.status === 'waiting').length
    const seconds = estimateReplication(readRunRecord(project.database, runId), waiting)
    if (waiting > 0)
      terminal.message(
        `Replicating: ${waiting} more ${waiting === 1 ? 'training' : 'trainings'} on two thirds of the samples each, about ${clock(seconds)}.`,
      )
    const end = await work
    if (end.done > 0) await restateRun(project, runId)
    requireReplicates(end, readRun(project.database, runId).name, runId, projectArgument)
  } finally {
    release()
    forget()
    terminal.finish()
  }
}

function requireReplicates(end: ReplicationEnd, name: string, runId: number, project: string): void {
  if (end.interrupted)
    throw new CausalscopeError({
      code: 'interrupted',
      message: `The replicates of ${name} were interrupted after ${end.done} of ${end.planned}; the run itself is done.`,
      hint: `Go on with: causalscope replicate --project ${shellWord(project)} --run ${runId} --replicates ${end.planned}`,
      details: { run: runId },
    })
  if (end.done === 0 && end.error !== null) throw new CausalscopeError(end.error)
}
