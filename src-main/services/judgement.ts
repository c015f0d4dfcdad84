/** The judgement of a finished run: made from its result, its replicates and what its data set says of the samples. */
import { join } from 'node:path'
import type { ComponentJudgement } from '../../src-shared/domain/component-judgement.ts'
import { regimesOf } from '../../src-shared/knowledge/intervened.ts'
import { matrixOf } from '../../src-shared/domain/result.ts'
import { facetsOf } from '../../src-shared/methods/results.ts'
import { judgeComponents } from '../evidence/components/judge-components.ts'
import { dividedComponents } from '../evidence/divided.ts'
import { type Judged, judge } from '../evidence/judge.ts'
import { replicateFolder } from '../project/folders.ts'
import type { ReadableProject } from '../project/project.ts'
import { readDataset } from '../project/datasets.ts'
import { listReplicates } from '../project/replicates.ts'
import { readRun } from '../project/runs.ts'
import { readMetadata } from '../project/samples.ts'
import { readReplicate, replicateName, saysComponents, saysLabels } from '../training/replicate-file.ts'
import { knownKey } from './known-since.ts'
import { explainedShares } from './judging/explained.ts'
import { labelledRun } from './judging/labelled-run.ts'
import { otherFinishedRuns, otherRuns, type ResultParts } from './judging/other-runs.ts'
import { incompleteSamples, runRows } from './used-rows.ts'

/** Changes with the run's replicates, the other runs of its data and what is known since: what was judged under another is out of date. */
export function evidenceKey(project: ReadableProject, runId: number): string {
  return [
    knownKey(project, runId),
    ...listReplicates(project.database, runId).map(({ position, sha256 }) => `${position} ${sha256 ?? ''}`),
    ...otherFinishedRuns(project, runId).map(
      ({ id, name, finishedAt }) => `run ${id} ${finishedAt ?? ''} ${name} ${knownKey(project, id)}`,
    ),
  ].join()
}

/** Those that are done; one whose file is gone or changed counts as not done. */
async function doneReplicates(project: ReadableProject, runId: number) {
  const planned = listReplicates(project.database, runId)
  const done = []
  for (const { position, sha256 } of planned) {
    if (sha256 === null) continue
    const file = join(replicateFolder(project.file, runId, position), replicateName)
    const replicate = await readReplicate(file, sha256).catch(() => null)
    if (replicate !== null) done.push(replicate)
  }
  return { planned: planned.length, done }
}

/** What returns of a run's components; null for a result without any. */
export async function judgeRunComponents(
  project: ReadableProject,
  runId: number,
  { result, arrays }: ResultParts,
): Promise<ComponentJudgement | null> {
  const { coupling } = facetsOf(result)
  if (coupling === null) return null
  const { planned, done } = await doneReplicates(project, runId)
  const samples = arrays.ids.length
  const about = { samples, planned, seed: result.provenance.seed }
  const fits = ({ values, components }: { values: Float32Array; components: number }): boolean =>
    values.length === samples * components
  const replicates = done
    .filter(saysComponents)
    .filter(
      ({ modalities, components }) =>
        modalities.length === coupling.modalities.length &&
        modalities.every(
          ({ name, values }, m) => name === coupling.modalities[m]!.name && fits({ values, components }),
        ),
    )
  const tables = ({ values }: { values: string }): Float32Array => matrixOf(arrays, values).values
  return {
    ...judgeComponents({
      ...{ ...about, upToRotation: coupling.upToRotation },
      components: coupling.components.length,
      modalities: coupling.modalities.map(tables),
      replicates: replicates.map(({ modalities, ...rest }) => ({
        ...rest,
        modalities: modalities.map(({ values }) => values),
      })),
    }),
    privates: coupling.privates.map((own) => {
      const { components } = judgeComponents({
        ...{ ...about, upToRotation: false, halves: own.components.map(({ halves }) => halves) },
        components: own.components.length,
        modalities: [tables(own)],
        // A replicate in which the modality varies in nothing of its own has no partner for any.
        replicates: replicates.map(({ privates, leftOut }) => {
          const there = privates.find(({ name }) => name === own.modality)
          return there === undefined || !fits(there)
            ? { leftOut, components: 0, modalities: [new Float32Array()] }
            : { leftOut, components: there.components, modalities: [there.values] }
        }),
      })
      return components
    }),
  }
}

/**
 * Null for a result without nodes that label samples.
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
  const { planned, done } = await doneReplicates(project, runId)
  const replicates = done.filter(saysLabels)
  const rows = runRows(database, runId)
  const order = arrays.ids.map((_, row) => rows.rowOf(row))
  const metadata = readMetadata(database, rows.datasetId)
  const known = new Map(
    metadata.map(({ column, values }) => [column.column, Float64Array.from(order, (row) => values[row] ?? -1)]),
  )
  const intervened = metadata.find(({ column }) => column.column === graph.given?.intervened?.column)?.column
  const regimes =
    intervened === undefined ? null : regimesOf(known.get(intervened.column)!, intervened.categories ?? [], graph.nodes)
  const rebuilt =
    representation?.error == null
      ? []
      : explainedShares(database, rows, representation.modalities, matrixOf(arrays, representation.error))
  const divided =
    representation === null
      ? []
      : dividedComponents(matrixOf(arrays, representation.mean), matrixOf(arrays, clusters.responsibilities))
  const elsewhere = await otherRuns(project, runId, { result, arrays }, read)
  const incomplete = incompleteSamples(database, readDataset(database, rows.datasetId), readRun(database, runId).config)
  return judge(
    labelledRun({ result, arrays, known, regimes, rebuilt, divided, elsewhere, incomplete, replicates, planned }),
  )
}
