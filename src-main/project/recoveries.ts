/** The notes of a project that was recovered from a damaged one. */
import * as v from 'valibot'
import type { Recovery } from '../../src-shared/domain/recovery.ts'
import { json, type ReadableDatabase, type WritableDatabase } from './database.ts'

const sentences = json(v.array(v.string()))

/** Oldest first: a recovered project may be damaged again. */
export function listRecoveries(database: ReadableDatabase): Recovery[] {
  return database
    .all(
      v.object({ file: v.string(), at: v.string(), left_out: sentences, restored: sentences }),
      'SELECT file, at, left_out, restored FROM recoveries ORDER BY id',
    )
    .map(({ left_out, ...rest }) => ({ ...rest, leftOut: left_out }))
}

export function recordRecovery(database: WritableDatabase, { file, at, leftOut, restored }: Recovery): void {
  database.run(
    'INSERT INTO recoveries (file, at, left_out, restored) VALUES (?, ?, ?, ?)',
    ...[file, at, JSON.stringify(leftOut), JSON.stringify(restored)],
  )
}
