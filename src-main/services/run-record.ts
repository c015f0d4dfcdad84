/** What each event of a trainer means for the run's rows in the project file. */
import type { TrainerEvent } from '../../src-shared/domain/run.ts'
import type { WritableDatabase } from '../project/database.ts'
import { recordResult } from '../project/results.ts'
import { forgetLostCheckpoints, recordCheckpoint, recordEpoch, recordLog } from '../project/run-history.ts'
import { readRun, updateRun } from '../project/runs.ts'

/** Writes the event; all that belongs to it or nothing. Progress and previews are for the moment and not kept. */
export function recordEvent(database: WritableDatabase, runId: number, event: TrainerEvent): void {
  database.transaction(() => write(database, runId, event))
}

function write(database: WritableDatabase, runId: number, event: TrainerEvent): void {
  const now = new Date().toISOString()
  switch (event.type) {
    case 'started': {
      const { startedAt } = readRun(database, runId)
      updateRun(database, runId, {
        status: 'running',
        provenance: event.provenance,
        epochs: event.epochs,
        startedAt: startedAt ?? now,
      })
      return
    }
    case 'epoch': {
      const { seconds, score } = event.metrics
      recordEpoch(database, runId, event.metrics)
      const epoch = event.metrics.epoch + 1
      // A run that pre-trains again from another draw takes more epochs than were planned.
      const epochs = Math.max(epoch, readRun(database, runId).epochs)
      updateRun(database, runId, { epoch, epochs, seconds, score })
      return
    }
    case 'checkpoint':
      recordCheckpoint(database, runId, event.checkpoint)
      return
    case 'log':
      recordLog(database, runId, event.level, event.message)
      return
    case 'paused':
      updateRun(database, runId, { status: 'paused' })
      return
    case 'resumed':
      updateRun(database, runId, { status: 'running' })
      return
    case 'interrupted':
      updateRun(database, runId, { status: 'interrupted', finishedAt: now })
      return
    case 'done':
      recordResult(database, runId, { file: event.resultFile, sha256: event.sha256 })
      forgetLostCheckpoints(database, runId)
      updateRun(database, runId, {
        status: 'done',
        finishedAt: now,
        score: event.score,
        edges: event.edges,
        explained: event.explained,
      })
      return
    case 'failed':
      updateRun(database, runId, { status: 'failed', finishedAt: now, error: event.error })
      return
    case 'progress':
    case 'preview':
      return
    default:
      event satisfies never
  }
}
