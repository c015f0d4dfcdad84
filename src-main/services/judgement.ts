/** The judgement of a finished run, made anew whenever its replicates have changed. */
import { join } from 'node:path'
import { type Judged, judge } from '../evidence/judge.ts'
import { replicateFolder } from '../project/folders.ts'
import type { ReadableProject } from '../project/project.ts'
import { listReplicates } from '../project/replicates.ts'
import { readReplicate, type Replicate, replicateName } from '../training/replicate-file.ts'
import { type JudgedParts, labelledRun } from './judging/labelled-run.ts'

/** Changes when the run's replicates do: what was judged under another is out of date. */
export function replicatesKey(project: ReadableProject, runId: number): string {
  return listReplicates(project.database, runId)
    .map(({ position, status, sha256 }) => `${position} ${status} ${sha256 ?? ''}`)
    .join()
}

/** A replicate whose labels are gone or changed counts as not done. */
export async function judgeParts(
  project: ReadableProject,
  runId: number,
  parts: Omit<JudgedParts, 'replicates' | 'planned'>,
): Promise<Judged> {
  const rows = listReplicates(project.database, runId)
  const replicates: Replicate[] = []
  for (const { position, sha256 } of rows) {
    if (sha256 === null) continue
    const file = join(replicateFolder(project.file, runId, position), replicateName)
    const replicate = await readReplicate(file, sha256).catch(() => null)
    if (replicate !== null) replicates.push(replicate)
  }
  return judge(labelledRun({ ...parts, replicates, planned: rows.length }))
}
