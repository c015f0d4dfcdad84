/**
 * Opening a project file: whose it is, whether it is whole, which schema it has; then the schema is brought up to date,
 * with a copy of the file kept from before.
 */
import { constants, copyFileSync, existsSync, realpathSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import * as v from 'valibot'
import { refused } from '../../src-shared/errors.ts'
import { ReadableDatabase, WritableDatabase } from './database.ts'
import { damagedProject, explaining } from './disk-errors.ts'
import { datasetsFolder, filesFolder, ownFile, ownFolder, packsFolder } from './folders.ts'
import { migrations, schemaVersion } from './migrations/all.ts'
import { applicationId, notAProject, sqliteMagic } from './foreign.ts'
import { isThere, refuseForeign, requireSchema } from './received.ts'
import { requireSeals, teachSeals } from './seals.ts'
import { lockForWriting, type WriterLock } from './writer-lock.ts'

const busyTimeout = 5000

/** The one name of a project file: two paths to one file must meet the same lock. */
function canonical(path: string): string {
  const full = resolve(path)
  if (existsSync(full)) return realpathSync(full)
  if (isThere(full))
    throw refused(`${full} is a link to a file that is not there.`, 'Remove the link, or choose another name.', {
      file: full,
    })
  const folder = dirname(full)
  if (!existsSync(folder))
    throw refused(`The folder ${folder} does not exist.`, 'Create it, or choose another place for the project.', {
      file: full,
    })
  return join(realpathSync(folder), basename(full))
}

/** Whether both paths lead to one file that is there, by whatever names. */
export function isSameFile(a: string, b: string): boolean {
  const fileOf = (path: string): string | null => {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false })
    return found === undefined ? null : `${found.dev}/${found.ino}`
  }
  return fileOf(a) !== null && fileOf(a) === fileOf(b)
}

function number(connection: Database.Database, pragma: string): number {
  return v.parse(v.number(), connection.pragma(pragma, { simple: true }))
}

/** The file's schema version; refuses what is no project, damaged, or newer than this program. */
function examine(connection: Database.Database, file: string): number {
  const version = number(connection, 'user_version')
  if (number(connection, 'application_id') !== applicationId)
    throw notAProject(file, Buffer.from(sqliteMagic, 'latin1'))
  if (version > schemaVersion)
    throw refused(
      `${file} was written by a newer version of Causalscope (schema ${version}; this version knows ${schemaVersion}).`,
      'Open it with that version or a later one.',
      { file, schema: version, known: schemaVersion },
    )
  requireSchema(connection, version, file)
  // Whoever made it was killed before there was a table.
  if (version === 0) return 0
  const verdict = connection.pragma('quick_check(1)', { simple: true })
  if (verdict !== 'ok') throw damagedProject(file, `is damaged: ${String(verdict)}`)
  if (connection.prepare('SELECT 1 FROM pragma_foreign_key_check LIMIT 1').get() !== undefined)
    throw damagedProject(file, 'is damaged: rows belong to nothing')
  const held = 'SELECT count(*) FROM samples WHERE dataset_id = datasets.id'
  if (connection.prepare(`SELECT 1 FROM datasets WHERE samples <> (${held}) LIMIT 1`).get() !== undefined)
    throw damagedProject(file, 'is damaged: samples are missing')
  requireSeals(connection, file)
  return version
}

/** Copies the file as it is before its schema changes; returns the copy's name. */
function backUp(connection: Database.Database, file: string, version: number): string {
  connection.pragma('wal_checkpoint(TRUNCATE)')
  const copy = `${file}.backup-schema-${version}`
  const temporary = `${copy}.tmp-${process.pid}`
  try {
    rmSync(temporary, { force: true })
    copyFileSync(file, temporary, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL)
    renameSync(temporary, copy)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  return copy
}

/** Brings a database of the version `from` up to date. */
export function migrate(database: WritableDatabase, from: number): void {
  for (const step of migrations.filter((m) => m.version > from))
    database.transaction(() => {
      step.up(database)
      database.execute(`PRAGMA user_version = ${step.version}; PRAGMA application_id = ${applicationId}`)
    })
}

export interface OpenForWriting {
  readonly database: WritableDatabase
  readonly lock: WriterLock
  /** The copy kept from before the schema was brought up to date, if it was. */
  readonly backup: string | null
  /** There was no such project before. */
  readonly made: boolean
}

function connectForWriting(file: string, isNew: boolean): { database: WritableDatabase; backup: string | null } {
  const connection = new Database(file, { timeout: busyTimeout })
  teachSeals(connection)
  try {
    const version = isNew ? 0 : examine(connection, file)
    if (isNew) {
      // Blobs of megabytes read and write faster on large pages; fixed once the first page exists.
      connection.pragma('page_size = 16384')
      // Before there is a log: from its first page on, the file says what it is.
      connection.pragma(`application_id = ${applicationId}`)
    }
    const backup = version > 0 && version < schemaVersion ? backUp(connection, file, version) : null
    connection.pragma('journal_mode = WAL')
    connection.pragma('synchronous = FULL')
    connection.pragma('foreign_keys = ON')
    const database = new WritableDatabase(connection, file)
    migrate(database, version)
    return { database, backup }
  } catch (error) {
    connection.close()
    throw error
  }
}

/**
 * Opens a project for writing and takes its lock; with `create`, makes it where there is none.
 * Throws `refused` when there is none (or one, for `create: 'new'`), when it is read-only, or held by another writer.
 */
export function openForWriting(path: string, program: string, create: 'never' | 'missing' | 'new'): OpenForWriting {
  const file = canonical(path)
  const exists = existsSync(file)
  if (!exists && create === 'never')
    throw refused(`There is no project ${file}.`, 'Check its name, or create it by importing data into it.', { file })
  if (exists && create === 'new') throw refused(`${file} exists already.`, 'Choose another name, or open it.', { file })
  const found = statSync(file, { throwIfNoEntry: false })
  if (found !== undefined && found.nlink > 1 && found.isFile())
    throw refused(
      `${file} is one of ${found.nlink} names of one file: two of them could be written at once, each unaware of the other.`,
      'Copy it under a name of its own, and open the copy.',
      { file },
    )
  if (found?.isDirectory() === true)
    throw refused(`${file} is a folder, not a Causalscope project.`, 'Choose a file that ends in .causalscope.', {
      file,
    })
  return explaining(file, () => {
    if (exists) refuseForeign(file)
    else refuseLeftovers(file)
    const hadFolder = existsSync(ownFolder(file))
    const lock = lockForWriting(file, program)
    try {
      return { ...connectForWriting(file, !exists), lock, made: !exists }
    } catch (error) {
      lock.release()
      if (!exists) removeNew(file)
      else if (!hadFolder) removeIfOnlyLock(file)
      throw error
    }
  })
}

/** A log without its file would be played into the new one. */
function refuseLeftovers(file: string): void {
  for (const path of [`${file}-wal`, `${file}-shm`, `${file}-journal`])
    if (isThere(path))
      throw refused(
        `${path} was left by another project of this name.`,
        `Put its project file back beside it, remove it, or choose another name.`,
        { file: path },
      )
}

/** Leaves no trace of a project that could not be made. */
function removeIfOnlyLock(file: string): void {
  rmSync(ownFile(file, 'writer.lock'), { force: true })
  for (const folder of [datasetsFolder(file), packsFolder(file), filesFolder(file)])
    try {
      rmdirSync(folder)
    } catch {
      // It is not there, or something else lies in it: it stays.
    }
}

/** Removes a project that was made a moment ago, when nobody has it open; what lay beside it before stays. */
export function removeNew(file: string): void {
  for (const part of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) rmSync(part, { force: true })
  removeIfOnlyLock(file)
}

/**
 * Opens a project that cannot be changed through the connection; another process may be writing it. In a read-only folder
 * this needs a project that was closed properly: SQLite cannot make the files there that its log needs.
 */
export function openForReading(path: string): ReadableDatabase {
  const file = canonical(path)
  if (!existsSync(file)) throw refused(`There is no project ${file}.`, 'Check its name.', { file })
  return explaining(file, () => {
    refuseForeign(file)
    const connection = new Database(file, { readonly: true, timeout: busyTimeout })
    teachSeals(connection)
    try {
      const version = examine(connection, file)
      if (version < schemaVersion)
        throw refused(
          `${file} was written by an older version of Causalscope (schema ${version}).`,
          'Open it once in a folder that you may write: it is brought up to date, with a copy kept.',
          { file, schema: version, known: schemaVersion },
        )
      return new ReadableDatabase(connection, file)
    } catch (error) {
      connection.close()
      throw isUnreadableLog(error)
        ? refused(
            `${file} was not closed properly and lies in a read-only folder.`,
            'Copy it with the files beside it to a folder that you may write, and open it there.',
            { file },
          )
        : error
    }
  })
}

/** A log that cannot be opened or made: the only thing that a reader of a read-only folder is refused. */
function isUnreadableLog(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(CANTOPEN|READONLY)/.test(error.code)
}
