/** What a run said while it trained: its epochs, its log, its checkpoints. */
import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import * as v from 'valibot'
import { epochMetrics } from '../../src-shared/contract/shapes.ts'
import { type LogLine, logLine } from '../../src-shared/contract/runs.ts'
import type { CheckpointInfo, EpochMetrics } from '../../src-shared/domain/run.ts'
import { count, fileName, sha256 } from './columns.ts'
import { json, type ReadableDatabase, type WritableDatabase } from './database.ts'
import { runFile, runFolder } from './folders.ts'

/** JSON has no NaN and no infinity: such a metric is kept as null and read as NaN. */
const metric = v.pipe(
  v.nullable(v.number()),
  v.transform((value) => value ?? NaN),
)
const storedMetrics = v.object({
  ...epochMetrics.entries,
  score: metric,
  terms: v.record(v.string(), metric),
  figures: v.record(v.string(), metric),
})

/** Keeps an epoch. A resumed run repeats the epochs after its checkpoint: the repeated one takes the first's place. */
export function recordEpoch(database: WritableDatabase, runId: number, metrics: EpochMetrics): void {
  database.run(
    'INSERT OR REPLACE INTO metrics (run_id, step, epoch, metrics) VALUES (?, ?, ?, ?)',
    runId,
    metrics.step,
    metrics.epoch,
    JSON.stringify(metrics),
  )
}

/** Epochs with number `since` or higher, in order. */
export function readEpochs(database: ReadableDatabase, runId: number, since = 0): EpochMetrics[] {
  return database
    .all(
      v.object({ metrics: json(storedMetrics) }),
      'SELECT metrics FROM metrics WHERE run_id = ? AND epoch >= ? ORDER BY step',
      runId,
      since,
    )
    .map((row) => row.metrics)
}

/** A run that goes on from another has that one's epochs before its own. */
export function copyEpochs(database: WritableDatabase, from: number, to: number): void {
  database.run(
    'INSERT INTO metrics (run_id, step, epoch, metrics) SELECT ?, step, epoch, metrics FROM metrics WHERE run_id = ?',
    to,
    from,
  )
}

export function recordLog(
  database: WritableDatabase,
  runId: number,
  level: LogLine['level'],
  message: string,
): LogLine {
  const line: LogLine = { at: new Date().toISOString(), level, message }
  database.run('INSERT INTO run_log (run_id, at, level, message) VALUES (?, ?, ?, ?)', runId, line.at, level, message)
  return line
}

/** The newest `limit` lines, oldest first. */
export function readLog(database: ReadableDatabase, runId: number, limit = 500): LogLine[] {
  return database.all(
    logLine,
    `SELECT at, level, message FROM (SELECT * FROM run_log WHERE run_id = ? ORDER BY id DESC LIMIT ?) ORDER BY id`,
    runId,
    limit,
  )
}

const checkpointRow = v.object({
  file: fileName,
  kind: v.picklist(['last', 'best', 'periodic']),
  step: count,
  epoch: count,
  bytes: count,
  sha256,
})

/** Keeps a checkpoint that is on disk under its name, and forgets those whose files the trainer has let go. */
export function recordCheckpoint(database: WritableDatabase, runId: number, checkpoint: CheckpointInfo): void {
  const folder = runFolder(database.file, runId)
  database.transaction(() => {
    database.run(
      `INSERT OR REPLACE INTO checkpoints (run_id, file, kind, step, epoch, bytes, sha256, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      runId,
      v.parse(fileName, relative(folder, checkpoint.file)),
      checkpoint.kind,
      checkpoint.step,
      checkpoint.epoch,
      checkpoint.bytes,
      v.parse(sha256, checkpoint.sha256),
      new Date().toISOString(),
    )
    forgetLostCheckpoints(database, runId)
  })
}

/** Forgets the checkpoints whose files the trainer has let go. */
export function forgetLostCheckpoints(database: WritableDatabase, runId: number): void {
  const folder = runFolder(database.file, runId)
  for (const { file } of readCheckpoints(database, runId))
    if (!existsSync(file))
      database.run('DELETE FROM checkpoints WHERE run_id = ? AND file = ?', runId, relative(folder, file))
}

/** Oldest first, with whole paths. */
export function readCheckpoints(database: ReadableDatabase, runId: number): CheckpointInfo[] {
  return database
    .all(
      checkpointRow,
      'SELECT file, kind, step, epoch, bytes, sha256 FROM checkpoints WHERE run_id = ? ORDER BY step, file',
      runId,
    )
    .map((row) => ({ ...row, file: runFile(database.file, runId, row.file) }))
}
