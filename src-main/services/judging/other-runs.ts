/** Other finished runs of a run's data set with nodes of the same kinds, and what they say of the same samples. */
import type { Elsewhere } from '../../../src-shared/domain/judgement.ts'
import { matrixOf, type RunResult, type SampleArrays } from '../../../src-shared/domain/result.ts'
import type { RunSummary } from '../../../src-shared/domain/run.ts'
import { facetsOf } from '../../../src-shared/methods/results.ts'
import { elsewhere, type OtherRun } from '../../evidence/judging/elsewhere.ts'
import type { ReadableProject } from '../../project/project.ts'
import { listRuns, readRun } from '../../project/runs.ts'
import { outcomeLabels } from './outcome-labels.ts'

export interface ResultParts {
  readonly result: RunResult
  readonly arrays: SampleArrays
}

/** The newest so many are asked: each has to be read. */
const most = 6

/** Finished runs of the same data set, newest first. The same training once more would agree by itself: it tells nothing. */
export function otherFinishedRuns(project: ReadableProject, runId: number): readonly RunSummary[] {
  const own = readRun(project.database, runId)
  const training = ({ seed, config }: RunSummary): string => JSON.stringify([seed, config])
  return listRuns(project.database)
    .filter(
      ({ datasetId, method, status }) => status === 'done' && datasetId === own.datasetId && method === own.method,
    )
    .filter((run) => run.id !== runId && training(run) !== training(own))
    .reverse()
    .slice(0, most)
}

/**
 * What they say. A run whose files are gone or changed says nothing.
 * @param read a run's result and arrays
 */
export async function otherRuns(
  project: ReadableProject,
  runId: number,
  own: ResultParts,
  read: (run: number) => Promise<ResultParts>,
): Promise<Elsewhere[]> {
  const mine = labelledOf(own)
  if (mine === null) return []
  const found: Elsewhere[] = []
  for (const { id, name } of otherFinishedRuns(project, runId)) {
    const parts = await read(id).catch(() => null)
    const theirs = parts === null ? null : labelledOf(parts)
    if (parts === null || theirs === null || kinds(parts) !== kinds(own)) continue
    const rowOf = new Map(parts.arrays.ids.map((sample, row) => [sample, row]))
    const shared = own.arrays.ids.flatMap((sample, row) => {
      const there = rowOf.get(sample)
      return there === undefined ? [] : [[row, there] as const]
    })
    if (shared.length < 2) continue
    const at = (run: OtherRun, side: 0 | 1): OtherRun => ({
      ...run,
      labels: run.labels.map((node) => Int32Array.from(shared, (pair) => node[pair[side]]!)),
    })
    found.push({ run: id, name, ...elsewhere(at(mine, 0), at(theirs, 1)) })
  }
  return found
}

/** Numbers of categories in any order: other nodes would be another question. */
function kinds({ result }: ResultParts): string {
  const counts = facetsOf(result).graph?.nodes.map(({ categories }) => categories.length) ?? []
  return counts.sort((a, b) => a - b).join()
}

function labelledOf({ result, arrays }: ResultParts): OtherRun | null {
  const { graph, clusters } = facetsOf(result)
  if (graph === null || clusters === null) return null
  return {
    labels: outcomeLabels(graph.nodes.length, clusters, matrixOf(arrays, clusters.responsibilities)),
    edges: graph.edges,
  }
}
