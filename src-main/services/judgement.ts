/** The judgement of a finished run: made from its result, its replicates and what its data set says of the samples. */
import { join } from 'node:path'
import { matrixOf } from '../../src-shared/domain/result.ts'
import { facetsOf } from '../../src-shared/methods/results.ts'
import { type Judged, judge } from '../evidence/judge.ts'
import { replicateFolder } from '../project/folders.ts'
import type { ReadableProject } from '../project/project.ts'
import { readDataset } from '../project/datasets.ts'
import { listReplicates } from '../project/replicates.ts'
import { readRun } from '../project/runs.ts'
import { readMetadata } from '../project/samples.ts'
import { readReplicate, type Replicate, replicateName } from '../training/replicate-file.ts'
import { explainedShares } from './judging/explained.ts'
import { labelledRun } from './judging/labelled-run.ts'
import { otherFinishedRuns, otherRuns, type ResultParts } from './judging/other-runs.ts'
import { incompleteSamples, runRows } from './used-rows.ts'

/** Changes when the run's replicates or the other runs of its data do: what was judged under another is out of date. */
export function evidenceKey(project: ReadableProject, runId: number): string {
  return [
    ...listReplicates(project.database, runId).map(({ position, sha256 }) => `${position} ${sha256 ?? ''}`),
    ...otherFinishedRuns(project, runId).map(({ id, name, finishedAt }) => `run ${id} ${finishedAt ?? ''} ${name}`),
  ].join()
}

/**
 * Null for a result without nodes that label samples. A replicate whose labels are gone or changed counts as not done.
 * @param read another run's result and arrays
 */
export async function judgeRun(
  project: ReadableProject,
  runId: number,
  { result, arrays }: ResultParts,
  read: (run: number) => Promise<ResultParts>,
): Promise<Judged | null> {
  const { graph, clusters, representation } = facetsOf(result)
  if (graph === null || clusters === null) return null
  const { database } = project
  const planned = listReplicates(database, runId)
  const replicates: Replicate[] = []
  for (const { position, sha256 } of planned) {
    if (sha256 === null) continue
    const file = join(replicateFolder(project.file, runId, position), replicateName)
    const replicate = await readReplicate(file, sha256).catch(() => null)
    if (replicate !== null) replicates.push(replicate)
  }
  const rows = runRows(database, runId)
  const order = arrays.ids.map((_, row) => rows.rowOf(row))
  const known = new Map(
    readMetadata(database, rows.datasetId).map(({ column, values }) => [
      column.column,
      Float64Array.from(order, (row) => values[row] ?? -1),
    ]),
  )
  const rebuilt =
    representation?.error == null
      ? []
      : explainedShares(database, rows, representation.modalities, matrixOf(arrays, representation.error))
  const elsewhere = await otherRuns(project, runId, { result, arrays }, read)
  const incomplete = incompleteSamples(database, readDataset(database, rows.datasetId), readRun(database, runId).config)
  return judge(
    labelledRun({ result, arrays, known, rebuilt, elsewhere, incomplete, replicates, planned: planned.length }),
  )
}
