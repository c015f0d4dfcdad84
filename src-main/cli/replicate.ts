import { defaultReplicates } from '../../src-shared/domain/replication.ts'
import { CausalscopeError } from '../../src-shared/errors.ts'
import { openProject, type WritableProject } from '../project/project.ts'
import { listReplicates } from '../project/replicates.ts'
import { readRun, readRunRecord } from '../project/runs.ts'
import { estimateReplication, replicateTasks, Replication, type ReplicationEnd } from '../services/replication.ts'
import { restateRun } from '../services/restate.ts'
import type { Workplace } from '../training/workplace.ts'
import { onInterrupt, stops } from './interrupt.ts'
import type { PlaceOptions } from './place-options.ts'
import { cancelOpen, placeOf } from './place.ts'
import { tellResult } from './run-report.ts'
import { shellWord } from './shell-word.ts'
import { clock, type Terminal } from './terminal.ts'

export interface ReplicateOptions extends PlaceOptions {
  readonly project: string
  readonly run: number
  readonly replicates?: number
}

/** `replicate`: brings a finished run to so many replicates, then says what the run finds with them. */
export async function replicate(terminal: Terminal, options: ReplicateOptions): Promise<void> {
  const project = openProject(options.project, { program: 'causalscope replicate' })
  try {
    const open = replicateTasks(project.database, options.run)
    if (options.cancel === true) {
      await cancelOpen(terminal, project, open)
      return
    }
    const place = await placeOf(terminal, project, options, `replicates of run ${options.run}`, open)
    const count =
      options.replicates ?? Math.max(defaultReplicates, listReplicates(project.database, options.run).length)
    await followReplication(terminal, project, options.run, count, options.project, place)
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
  place?: Workplace,
): Promise<void> {
  if (count === 0) return
  const replication = new Replication(project)
  const forget = replication.observe(({ planned, done, fraction, secondsLeft }) => {
    terminal.progress({ label: 'Replicating', fraction, secondsLeft, detail: `${done} of ${planned} replicates done` })
  })
  const release = onInterrupt(...stops(terminal, replication, place))
  try {
    const work = replication.run(runId, count, place)
    const waiting = listReplicates(project.database, runId).filter((row) => row.status === 'waiting').length
    const seconds = estimateReplication(readRunRecord(project.database, runId), waiting)
    const about = place === undefined ? `about ${clock(seconds)}` : 'on the cluster'
    if (waiting > 0)
      terminal.message(
        `Replicating: ${waiting} more ${waiting === 1 ? 'training' : 'trainings'} on two thirds of the samples each, ${about}.`,
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
  if (end.left > 0)
    throw new CausalscopeError({
      code: 'interrupted',
      message: `${end.left} of ${end.planned} replicates of ${name} go on on the cluster; ${end.done} are done.`,
      hint: `Watch them and bring them in with: causalscope replicate --project ${shellWord(project)} --run ${runId} --replicates ${end.planned}\nEnd them with --cancel.`, // prettier-ignore
      details: { run: runId },
    })
  if (end.interrupted)
    throw new CausalscopeError({
      code: 'interrupted',
      message: `The replicates of ${name} were interrupted after ${end.done} of ${end.planned}; the run itself is done.`,
      hint: `Go on with: causalscope replicate --project ${shellWord(project)} --run ${runId} --replicates ${end.planned}`,
      details: { run: runId },
    })
  if (end.done === 0 && end.error !== null) throw new CausalscopeError(end.error)
}
