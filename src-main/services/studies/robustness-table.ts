/** What a method gains over its base in every row of the robustness tables of several runs: the same splits and seeds, paired. */
import { facetsOf } from '../../../src-shared/methods/results.ts'
import { type ComparedRow, compareRobustness } from '../../evaluation/robustness/compare.ts'
import type { ReadableProject } from '../../project/project.ts'
import { readRun } from '../../project/runs.ts'
import { readResult } from '../results.ts'

/** Of the finished runs among them; null where one of these tells no label or was trained without its base. */
export async function robustnessOfRuns(
  project: ReadableProject,
  runs: readonly number[],
): Promise<readonly ComparedRow[] | null> {
  const done = runs.filter((id) => readRun(project.database, id).status === 'done')
  if (done.length < 2) return null
  const tables = await Promise.all(
    done.map(async (id) => facetsOf(await readResult(project, id)).prediction?.robustness),
  )
  const known = tables.filter((rows) => rows !== undefined)
  if (known.length < done.length || known.some((rows) => rows.some(({ base }) => base === null))) return null
  return compareRobustness(
    known.map((rows) => rows.map((row) => ({ ...row, accuracy: row.base!.accuracy }))),
    known,
  )
}
