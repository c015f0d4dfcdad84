/** Studies as the project remembers them: what is to be trained, and which runs were. */
import * as v from 'valibot'
import { engineChoice, method } from '../../src-shared/contract/shapes.ts'
import { refused } from '../../src-shared/errors.ts'
import { count, rowId, seed } from './columns.ts'
import { json, type ReadableDatabase, type WritableDatabase } from './database.ts'

const variation = v.object({ key: v.string(), values: v.pipe(v.array(v.string()), v.minLength(1)) })

const studyRow = v.object({
  id: rowId,
  name: v.string(),
  dataset_id: rowId,
  method,
  config: json(v.unknown()),
  over: json(v.array(variation)),
  seeds: json(v.pipe(v.array(seed), v.minLength(1))),
  requested_engine: engineChoice,
  created_at: v.string(),
})
const columns = Object.keys(studyRow.entries).join(', ')

/** A setting that differs between runs, with its values as they are written on the command line. */
export type Variation = v.InferOutput<typeof variation>

export interface Study {
  readonly id: number
  readonly name: string
  readonly datasetId: number
  readonly method: v.InferOutput<typeof method>
  /** What all runs share; unset keys take their defaults. */
  readonly config: unknown
  readonly over: readonly Variation[]
  readonly seeds: readonly number[]
  readonly engine: v.InferOutput<typeof engineChoice>
  readonly createdAt: string
}

const studyOf = ({ dataset_id, requested_engine, created_at, ...row }: v.InferOutput<typeof studyRow>): Study => ({
  ...row,
  datasetId: dataset_id,
  engine: requested_engine,
  createdAt: created_at,
})

/** Oldest first. */
export function listStudies(database: ReadableDatabase): Study[] {
  return database.all(studyRow, `SELECT ${columns} FROM studies ORDER BY id`).map(studyOf)
}

/** Throws `refused`, naming the studies there are. */
export function readStudy(database: ReadableDatabase, id: number): Study {
  const row = database.get(studyRow, `SELECT ${columns} FROM studies WHERE id = ?`, id)
  if (row !== undefined) return studyOf(row)
  const known = listStudies(database).map((study) => study.id)
  throw refused(
    `The project has no study ${id}.`,
    known.length === 0
      ? 'It holds none yet: begin one with --method and --over.'
      : `Its studies are ${known.join(', ')}.`,
    { file: database.file, field: 'study' },
  )
}

export type NewStudy = Omit<Study, 'id' | 'createdAt' | 'name'> & { readonly name: string | null }

/** A study without a name is called by its number. */
export function insertStudy(database: WritableDatabase, study: NewStudy): Study {
  return database.transaction(() => {
    const id = database.run(
      `INSERT INTO studies (name, dataset_id, method, config, over, seeds, requested_engine, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      study.name ?? '',
      study.datasetId,
      study.method,
      JSON.stringify(study.config),
      JSON.stringify(study.over),
      JSON.stringify(study.seeds),
      study.engine,
      new Date().toISOString(),
    )
    if (study.name === null) database.run('UPDATE studies SET name = ? WHERE id = ?', `Study ${id}`, id)
    return readStudy(database, id)
  })
}

/** Ids of the study's runs by their position; runs that were taken away have none. */
export function studyRuns(database: ReadableDatabase, studyId: number): ReadonlyMap<number, number> {
  const rows = database.all(
    v.object({ position: count, run_id: rowId }),
    `SELECT position, run_id FROM study_runs JOIN runs ON runs.id = run_id
     WHERE study_id = ? AND deleted_at IS NULL ORDER BY position`,
    studyId,
  )
  return new Map(rows.map(({ position, run_id }) => [position, run_id]))
}

/** How many of the study's runs are done, and failed. */
export function countStudyRuns(
  database: ReadableDatabase,
  studyId: number,
): { readonly done: number; readonly failed: number } {
  return database.get(
    v.object({ done: count, failed: count }),
    `SELECT coalesce(sum(status = 'done'), 0) AS done, coalesce(sum(status = 'failed'), 0) AS failed
     FROM study_runs JOIN runs ON runs.id = run_id WHERE study_id = ? AND deleted_at IS NULL`,
    studyId,
  )!
}

export function recordStudyRun(database: WritableDatabase, studyId: number, position: number, runId: number): void {
  database.run(
    'INSERT OR REPLACE INTO study_runs (study_id, position, run_id) VALUES (?, ?, ?)',
    studyId,
    position,
    runId,
  )
}
