import type { RunSummary } from '../../src-shared/domain/run.ts'
import { shownEdges } from '../../src-shared/domain/shown-names.ts'
import { edgeText, standingWords } from '../../src-shared/graph/edge-words.ts'
import { definitionOf } from '../../src-shared/methods/available.ts'
import { openProject, openProjectReadOnly } from '../project/project.ts'
import { listRecoveries } from '../project/recoveries.ts'
import { listRuns } from '../project/runs.ts'
import { goOnRequest } from '../services/go-on.ts'
import { RunQueue } from '../services/run-queue.ts'
import { recoveryLines } from './recover.ts'
import { runRecord } from './run-report.ts'
import { clock, type Terminal } from './terminal.ts'
import { textTable } from './text-table.ts'
import { followToEnd } from './train.ts'

/** `resume`: a run goes on from its newest checkpoint that verifies. */
export async function resume(
  terminal: Terminal,
  options: { project: string; run: number; replicates?: number },
): Promise<void> {
  const project = openProject(options.project, { program: 'causalscope resume' })
  try {
    const queue = new RunQueue(project)
    queue.resume(options.run)
    await followToEnd(terminal, project, queue, options.run, options)
  } finally {
    project.close()
  }
}

/** `go-on`: a new run that begins with a finished one's model and takes more epochs. */
export async function goOn(
  terminal: Terminal,
  options: { project: string; run: number; epochs: number; replicates?: number },
): Promise<void> {
  const project = openProject(options.project, { program: 'causalscope go-on' })
  try {
    const queue = new RunQueue(project)
    const run = queue.start(await goOnRequest(project.database, options.run, options.epochs))
    terminal.message(`${run.name}: run ${run.id} begins with the model of run ${options.run}.`)
    await followToEnd(terminal, project, queue, run.id, options)
  } finally {
    project.close()
  }
}

function row(run: RunSummary): string[] {
  return [
    String(run.id),
    run.name,
    run.method,
    run.status,
    `${run.epoch}/${run.epochs}`,
    run.score === null ? '' : run.score.toFixed(3),
    clock(run.seconds),
    String(run.seed),
    shownEdges(run)
      .map((edge) => `${edgeText(edge)}${edge.standing === 'supported' ? '' : ` (${standingWords[edge.standing]})`}`)
      .join(', '),
  ]
}

/** "ELBO" where all runs have that score. */
function scoreHeading(runs: readonly RunSummary[]): string {
  const names = new Set(runs.map(({ method }) => definitionOf(method).results.score.name))
  return names.size === 1 ? [...names].join() : 'score'
}

/** `runs`: every run of the project, oldest first. */
export async function runs(terminal: Terminal, options: { project: string }): Promise<void> {
  const project = openProjectReadOnly(options.project)
  try {
    const all = listRuns(project.database)
    for (const recovery of listRecoveries(project.database)) {
      terminal.message(`Recovered on ${recovery.at.slice(0, 10)} from the damaged ${recovery.file}.`)
      for (const line of recoveryLines(recovery)) terminal.message(line)
    }
    if (terminal.json) for (const run of all) await terminal.record(runRecord(run, null))
    else if (all.length === 0) terminal.message('The project holds no run yet.')
    else
      await terminal.result(
        all,
        textTable([
          ['run', 'name', 'method', 'status', 'epochs', scoreHeading(all), 'time', 'seed', 'edges'],
          ...all.map(row),
        ]),
      )
  } finally {
    project.close()
  }
}
