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

/** Marks results that nothing confirms to be what their runs ended with. */
export function markUnconfirmed(database: WritableDatabase, runs: Iterable<number>): void {
  for (const run of runs)
    database.run('INSERT OR IGNORE INTO unconfirmed_results (run_id) SELECT run_id FROM results WHERE run_id = ?', run)
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
export function readResultFile(
  database: ReadableDatabase,
  runId: number,
): ResultFile & { readonly unconfirmed: boolean } {
  const run = readRun(database, runId)
  const row = database.get(
    v.object({ file: fileName, sha256, unconfirmed: v.number() }),
    'SELECT file, sha256, run_id IN (SELECT run_id FROM unconfirmed_results) AS unconfirmed FROM results WHERE run_id = ?',
    runId,
  )
  if (row === undefined)
    throw refused(
      `${run.name} has no result: it is ${run.status}.`,
      run.status === 'interrupted' ? 'Resume it and let it finish.' : 'Wait until it is done, or train another.',
      { id: String(runId) },
    )
  return { file: runFile(database.file, runId, row.file), sha256: row.sha256, unconfirmed: row.unconfirmed === 1 }
}
