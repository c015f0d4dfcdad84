/** A run's row in lists: its edges as they may be stated with the replicates that are done. */
import type { RunSummary } from '../../src-shared/domain/run.ts'
import { judgedGraph } from '../../src-shared/findings/judged-graph.ts'
import { namedEdges } from '../../src-shared/graph/marked-graph.ts'
import { facetsOf } from '../../src-shared/methods/results.ts'
import type { WritableProject } from '../project/project.ts'
import { readRun, updateRun } from '../project/runs.ts'
import { readJudged, readResult } from './results.ts'

/** To be called when the run's replicates have changed. */
export async function restateRun(project: WritableProject, runId: number): Promise<RunSummary> {
  const { graph } = facetsOf(await readResult(project, runId))
  const judged = await readJudged(project, runId)
  if (graph !== null && judged !== null)
    updateRun(project.database, runId, { edges: namedEdges(judgedGraph(graph, judged.judgement)) })
  return readRun(project.database, runId)
}
