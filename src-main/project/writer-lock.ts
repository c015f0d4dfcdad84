/**
 * One writer a project. The lock is the operating system's own, held through a small SQLite file beside the project for
 * as long as the writer lives: a crashed writer's lock is gone with its process, so none is ever stale. A note beside it
 * names the holder for the message that another writer gets.
 */
import { existsSync, lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import Database from 'better-sqlite3'
import * as v from 'valibot'
import { refused } from '../../src-shared/errors.ts'
import { ownFile, ownFolder } from './folders.ts'
import { explainDisk } from './disk-errors.ts'
import { makeFolderSync } from '../datasets/make-folder.ts'

const holderSchema = v.object({ process: v.number(), host: v.string(), program: v.string(), since: v.string() })

const lockName = 'writer.lock'
const noteName = 'writer.json'

export type LockHolder = v.InferOutput<typeof holderSchema>

export interface WriterLock {
  release(): void
}

/** Reachable until they are released: a connection that is collected as garbage takes its lock with it. */
const heldLocks = new Set<Database.Database>()

/** Who wrote the holder's note last, or null when there is none to read. */
function readHolder(projectFile: string): LockHolder | null {
  try {
    const text = readFileSync(ownFile(projectFile, noteName), 'utf8')
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), holderSchema), text)
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

function inUse(projectFile: string, holder: LockHolder | null): Error {
  const who =
    holder === null
      ? 'another program'
      : `${holder.program} (process ${holder.process} on ${holder.host}, since ${holder.since})`
  return refused(
    `The project ${projectFile} is already open for writing in ${who}.`,
    'Close it there, or wait until its work is done, and try again.',
    { file: projectFile, ...(holder === null ? {} : { holder }) },
  )
}

/** Whether a program has the project open for writing. What cannot be told counts as yes: then nothing is presumed. */
export function isHeld(projectFile: string): boolean {
  try {
    const lock = emptyLock(projectFile)
    if (!existsSync(lock)) return false
    const connection = new Database(lock, { readonly: true, timeout: 0 })
    try {
      connection.prepare('SELECT 1 FROM sqlite_schema').get()
      return false
    } finally {
      connection.close()
    }
  } catch {
    return true
  }
}

/** The lock's file, in which nothing is ever written: SQLite acts on what a file that is not empty says. */
function emptyLock(projectFile: string): string {
  const lock = ownFile(projectFile, lockName)
  if ((lstatSync(lock, { throwIfNoEntry: false })?.size ?? 0) === 0) return lock
  throw refused(`${lock} is not the lock of a project: it is not empty.`, 'Remove it, and try again.', { file: lock })
}

function leaveNote(projectFile: string, program: string): void {
  const note = ownFile(projectFile, noteName)
  const holder: LockHolder = { process: process.pid, host: hostname(), program, since: new Date().toISOString() }
  // A file of its own, whatever another name for the old one says.
  rmSync(note, { force: true })
  writeFileSync(note, JSON.stringify(holder), { flag: 'wx' })
}

/**
 * Takes the lock for this process. `program` is how the holder is named to others.
 * Throws `refused` when another process, or another part of this one, holds it.
 */
export function lockForWriting(projectFile: string, program: string): WriterLock {
  let connection: Database.Database | undefined
  try {
    makeFolderSync(ownFolder(projectFile))
    connection = new Database(emptyLock(projectFile), { timeout: 0 })
    connection.exec('BEGIN EXCLUSIVE')
    leaveNote(projectFile, program)
  } catch (error) {
    connection?.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw inUse(projectFile, readHolder(projectFile))
    throw explainDisk(error, projectFile)
  }
  const held = connection
  heldLocks.add(held)
  return {
    release() {
      try {
        rmSync(ownFile(projectFile, noteName), { force: true })
      } finally {
        heldLocks.delete(held)
        held.close()
      }
    },
  }
}
