/** Runs as what-if questions are asked of them, read from their project. */
import type { SampleArrays } from '../../../src-shared/domain/result.ts'
import type { Knowledge } from '../../../src-shared/knowledge/knowledge.ts'
import { facetsOf } from '../../../src-shared/methods/results.ts'
import type { ReadableProject } from '../../project/project.ts'
import { readJudged, readNames, readResult, readResultArrays } from '../results.ts'
import { type AskedRun, askedRun } from './asked-run.ts'

/**
 * The run as the project has it. Throws `refused` while it has no result, and for a method without a graph.
 * @param known instead of what is kept with the run
 */
export async function readAskedRun(project: ReadableProject, runId: number, known?: Knowledge): Promise<AskedRun> {
  const result = await readResult(project, runId, known)
  const judged = await readJudged(project, runId, known)
  return askedRun(result, judged?.judgement ?? null, readNames(project, runId, facetsOf(result)))
}

/** The same with its arrays, for questions about single samples. */
export async function readAskedSamples(
  project: ReadableProject,
  runId: number,
  known?: Knowledge,
): Promise<{ readonly run: AskedRun; readonly arrays: SampleArrays }> {
  const [run, arrays] = await Promise.all([readAskedRun(project, runId, known), readResultArrays(project, runId)])
  return { run, arrays }
}
