import type { WritableDatabase } from '../database.ts'

/** One step of the project file's schema. A released step is never changed: what comes later is a step of its own. */
export interface Migration {
  /** The schema version that this step leads to; one more than the step before. */
  readonly version: number
  readonly up: (database: WritableDatabase) => void
}
