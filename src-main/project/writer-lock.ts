/**
 * One writer a project. The lock is the operating system's own, held through a small SQLite file beside the project for
 * as long as the writer lives: a crashed writer's lock is gone with its process, so none is ever stale. A note beside it
 * names the holder for the message that another writer gets.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import * as v from 'valibot'
import { refused } from '../../src-shared/errors.ts'
import { filesFolder } from './folders.ts'
import { explainDisk } from './disk-errors.ts'

const holderSchema = v.object({ process: v.number(), host: v.string(), program: v.string(), since: v.string() })

export type LockHolder = v.InferOutput<typeof holderSchema>

export interface WriterLock {
  release(): void
}

/** Who wrote the holder's note last, or null when there is none to read. */
function readHolder(note: string): LockHolder | null {
  try {
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), holderSchema), readFileSync(note, 'utf8'))
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

/**
 * Takes the lock for this process. `program` is how the holder is named to others.
 * Throws `refused` when another process, or another part of this one, holds it.
 */
export function lockForWriting(projectFile: string, program: string): WriterLock {
  const folder = filesFolder(projectFile)
  const note = join(folder, 'writer.json')
  let connection: Database.Database | undefined
  try {
    mkdirSync(folder, { recursive: true })
    connection = new Database(join(folder, 'writer.lock'), { timeout: 0 })
    connection.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    connection?.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw inUse(projectFile, readHolder(note))
    throw explainDisk(error, projectFile)
  }
  const held = connection
  const holder: LockHolder = { process: process.pid, host: hostname(), program, since: new Date().toISOString() }
  writeFileSync(note, JSON.stringify(holder))
  return {
    release() {
      rmSync(note, { force: true })
      held.close()
    },
  }
}
