/**
 * A project: one file and the folder beside it. A writable one holds the project's lock from opening to closing, and
 * begins by settling what a crash left behind.
 */
import type { ReadableDatabase, WritableDatabase } from './database.ts'
import { findLastWords, presumeInterrupted, settleLastWords } from './last-words.ts'
import { openForReading, openForWriting, removeNew } from './open.ts'
import { interruptUnfinishedRuns, purgeDeletedRuns } from './runs.ts'
import { isHeld } from './writer-lock.ts'

export interface ReadableProject {
  readonly file: string
  readonly database: ReadableDatabase
  close(): void
}

export interface WritableProject extends ReadableProject {
  readonly database: WritableDatabase
  /** The copy of the file from before its schema was brought up to date, if it was. */
  readonly backup: string | null
  /** There was no such project before it was opened. */
  readonly made: boolean
  /** Runs that a crash had left unfinished, now interrupted and resumable. */
  readonly recovered: readonly number[]
  /** Closes the project and removes it: for one that was made a moment ago and came to nothing. */
  discard(): void
}

export interface OpenOptions {
  /** How this program is named to another that wants to write: "the window", "causalscope train". */
  readonly program: string
  /** `never` (the default): refuse where there is no project; `missing`: make it; `new`: refuse where there is one. */
  readonly create?: 'never' | 'missing' | 'new'
}

/** With the project closed nobody can want a deleted run back: its space is free at once, not when somebody opens it next. */
function releaseDeleted(database: WritableDatabase): void {
  try {
    purgeDeletedRuns(database)
  } catch {
    // A full disk, or one that is gone: the next opening tries again.
  }
}

/** Opens a project for writing: checked, brought up to date, locked. */
export function openProject(path: string, { program, create = 'never' }: OpenOptions): WritableProject {
  const { database, lock, backup, made } = openForWriting(path, program, create)
  try {
    findLastWords(database)
    settleLastWords(database)
    purgeDeletedRuns(database)
    const close = (): void => {
      if (!database.open) return
      try {
        releaseDeleted(database)
        database.close()
      } finally {
        lock.release()
      }
    }
    return {
      file: database.file,
      database,
      backup,
      made,
      recovered: interruptUnfinishedRuns(database),
      close,
      discard() {
        try {
          close()
        } catch {
          // A full disk cannot tidy up its log: it goes with the file.
        }
        removeNew(database.file)
      },
    }
  } catch (error) {
    try {
      database.close()
    } finally {
      lock.release()
    }
    throw error
  }
}

/** Opens a project that this program will only read; a writer may be at work beside it. */
export function openProjectReadOnly(path: string): ReadableProject {
  const database = openForReading(path)
  findLastWords(database)
  if (!isHeld(database.file)) presumeInterrupted(database)
  return { file: database.file, database, close: () => database.close() }
}
