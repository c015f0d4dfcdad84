/** A run's replicates: which are planned, which are done, and what their labels must hash to. */
import * as v from 'valibot'
import { errorData } from '../../src-shared/contract/shapes.ts'
import type { ErrorData } from '../../src-shared/errors.ts'
import { count, seed, sha256 } from './columns.ts'
import { json, type ReadableDatabase, type WritableDatabase } from './database.ts'

const replicateRow = v.object({
  position: count,
  seed,
  status: v.picklist(['waiting', 'done', 'failed']),
  seconds: v.pipe(v.number(), v.finite(), v.minValue(0)),
  sha256: v.nullable(sha256),
  error: v.nullable(json(errorData)),
})
export type ReplicateRow = v.InferOutput<typeof replicateRow>

/** In order of position. */
export function listReplicates(database: ReadableDatabase, runId: number): ReplicateRow[] {
  return database.all(
    replicateRow,
    'SELECT position, seed, status, seconds, sha256, error FROM replicates WHERE run_id = ? ORDER BY position',
    runId,
  )
}

/** Plans replicates 0 .. planned-1: those that are there stay, failed ones are to be tried again, later ones that wait are taken out. */
export function planReplicates(
  database: WritableDatabase,
  runId: number,
  planned: number,
  seedOf: (position: number) => number,
): void {
  database.transaction(() => {
    database.run(`DELETE FROM replicates WHERE run_id = ? AND position >= ? AND status <> 'done'`, runId, planned)
    database.run(`UPDATE replicates SET status = 'waiting', error = NULL WHERE run_id = ? AND status = 'failed'`, runId)
    for (let position = 0; position < planned; position++)
      database.run(
        `INSERT OR IGNORE INTO replicates (run_id, position, seed, status) VALUES (?, ?, ?, 'waiting')`,
        runId,
        position,
        seedOf(position),
      )
  })
}

export function recordReplicate(
  database: WritableDatabase,
  runId: number,
  position: number,
  done: { readonly sha256: string; readonly seconds: number },
): void {
  database.run(
    `UPDATE replicates SET status = 'done', sha256 = ?, seconds = ?, error = NULL WHERE run_id = ? AND position = ?`,
    v.parse(sha256, done.sha256),
    done.seconds,
    runId,
    position,
  )
}

export function recordReplicateFailure(
  database: WritableDatabase,
  runId: number,
  position: number,
  error: ErrorData,
): void {
  database.run(
    `UPDATE replicates SET status = 'failed', error = ? WHERE run_id = ? AND position = ?`,
    JSON.stringify(error),
    runId,
    position,
  )
}
