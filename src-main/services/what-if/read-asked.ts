/** Runs as what-if questions are asked of them, read from their project. */
import type { SampleArrays } from '../../../src-shared/domain/result.ts'
import { facetsOf } from '../../../src-shared/methods/results.ts'
import type { ReadableProject } from '../../project/project.ts'
import { readJudged, readNames, readResult, readResultArrays } from '../results.ts'
import { type AskedRun, askedRun } from './asked-run.ts'

/** The run as the project has it. Throws `refused` while it has no result, and for a method without a graph. */
export async function readAskedRun(project: ReadableProject, runId: number): Promise<AskedRun> {
  const result = await readResult(project, runId)
  const judged = await readJudged(project, runId)
  return askedRun(result, judged?.judgement ?? null, readNames(project, runId, facetsOf(result)))
}

/** The same with its arrays, for questions about single samples. */
export async function readAskedSamples(
  project: ReadableProject,
  runId: number,
): Promise<{ readonly run: AskedRun; readonly arrays: SampleArrays }> {
  const [run, arrays] = await Promise.all([readAskedRun(project, runId), readResultArrays(project, runId)])
  return { run, arrays }
}
