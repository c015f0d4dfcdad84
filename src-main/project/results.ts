/** Where a finished run's result lies and what it must hash to. */
import { relative } from 'node:path'
import * as v from 'valibot'
import { refused } from '../../src-shared/errors.ts'
import { fileName, sha256 } from './columns.ts'
import type { ReadableDatabase, WritableDatabase } from './database.ts'
import { runFile, runFolder } from './folders.ts'
import { readRun } from './runs.ts'

export interface ResultFile {
  readonly file: string
  readonly sha256: string
}

/** Keeps a result whose file is on disk under its name. */
export function recordResult(database: WritableDatabase, runId: number, result: ResultFile): void {
  database.run(
    'INSERT OR REPLACE INTO results (run_id, file, sha256, created_at) VALUES (?, ?, ?, ?)',
    runId,
    v.parse(fileName, relative(runFolder(database.file, runId), result.file)),
    v.parse(sha256, result.sha256),
    new Date().toISOString(),
  )
}

/** Throws `refused` while the run has no result. */
export function readResultFile(database: ReadableDatabase, runId: number): ResultFile {
  const run = readRun(database, runId)
  const row = database.get(
    v.object({ file: fileName, sha256 }),
    'SELECT file, sha256 FROM results WHERE run_id = ?',
    runId,
  )
  if (row === undefined)
    throw refused(
      `${run.name} has no result: it is ${run.status}.`,
      run.status === 'interrupted' ? 'Resume it and let it finish.' : 'Wait until it is done, or train another.',
      { id: String(runId) },
    )
  return { file: runFile(database.file, runId, row.file), sha256: row.sha256 }
}
