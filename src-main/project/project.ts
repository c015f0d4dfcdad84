/**
 * A project: one file and the folder beside it. A writable one holds the project's lock from opening to closing, and
 * begins by settling what a crash left behind.
 */
import type { ReadableDatabase, WritableDatabase } from './database.ts'
import { findLastWords, settleLastWords } from './last-words.ts'
import { openForReading, openForWriting } from './open.ts'
import { interruptUnfinishedRuns, purgeDeletedRuns } from './runs.ts'

export interface ReadableProject {
  readonly file: string
  readonly database: ReadableDatabase
  close(): void
}

export interface WritableProject extends ReadableProject {
  readonly database: WritableDatabase
  /** The copy of the file from before its schema was brought up to date, if it was. */
  readonly backup: string | null
  /** Runs that a crash had left unfinished, now interrupted and resumable. */
  readonly recovered: readonly number[]
}

export interface OpenOptions {
  /** How this program is named to another that wants to write: "the window", "causalscope train". */
  readonly program: string
  /** `never` (the default): refuse where there is no project; `missing`: make it; `new`: refuse where there is one. */
  readonly create?: 'never' | 'missing' | 'new'
}

/** Opens a project for writing: checked, brought up to date, locked. */
export function openProject(path: string, { program, create = 'never' }: OpenOptions): WritableProject {
  const { database, lock, backup } = openForWriting(path, program, create)
  try {
    findLastWords(database)
    settleLastWords(database)
    purgeDeletedRuns(database)
    return {
      file: database.file,
      database,
      backup,
      recovered: interruptUnfinishedRuns(database),
      close() {
        database.close()
        lock.release()
      },
    }
  } catch (error) {
    database.close()
    lock.release()
    throw error
  }
}

/** Opens a project that this program will only read; a writer may be at work beside it. */
export function openProjectReadOnly(path: string): ReadableProject {
  const database = openForReading(path)
  findLastWords(database)
  return { file: database.file, database, close: () => database.close() }
}
