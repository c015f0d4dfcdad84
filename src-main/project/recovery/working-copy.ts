/**
 * A copy of a damaged project file that SQLite reads as far as it can. The tables of a project are known to the letter, so
 * a list of tables that is damaged is put right in the copy; the original is never opened but to be copied.
 */
import { closeSync, constants, copyFileSync, lstatSync, openSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import * as v from 'valibot'
import { failed, refused } from '../../../src-shared/errors.ts'
import { WritableDatabase } from '../database.ts'
import { migrations, schemaVersion } from '../migrations/all.ts'
import { isThere, refusePlanted } from '../received.ts'
import { teachSeals } from '../seals.ts'
import { mendHeader } from './header.ts'

export interface WorkingCopy {
  readonly connection: Database.Database
  /** The schema whose tables it has. */
  readonly version: number
}

const schemaRow = v.object({
  name: v.string(),
  type: v.string(),
  tbl_name: v.string(),
  rootpage: v.number(),
  sql: v.nullable(v.string()),
})
type SchemaRow = v.InferOutput<typeof schemaRow>

/** An empty project file of that version. */
export function emptyAt(file: string, version: number, pageSize: number): Database.Database {
  const connection = new Database(file)
  teachSeals(connection)
  connection.pragma(`page_size = ${pageSize}`)
  // Nothing of it counts before the whole file is flushed.
  connection.pragma('synchronous = OFF')
  const database = new WritableDatabase(connection, file)
  for (const step of migrations) if (step.version <= version) step.up(database)
  return connection
}

function listed(connection: Database.Database): SchemaRow[] {
  const sql = 'SELECT name, type, tbl_name, rootpage, sql FROM sqlite_schema ORDER BY rowid'
  return v.parse(v.array(schemaRow), connection.prepare(sql).all())
}

function modelOf(version: number): SchemaRow[] {
  const model = emptyAt(':memory:', version, 4096)
  try {
    return listed(model)
  } finally {
    model.close()
  }
}

const keyOf = ({ type, name, tbl_name, sql }: SchemaRow): string => JSON.stringify([type, name, tbl_name, sql])

/** The version whose tables are most like those found, and how many of its own it has. */
function likestVersion(
  found: readonly SchemaRow[],
  said: number,
): { version: number; model: SchemaRow[]; alike: number } {
  const keys = new Set(found.map(keyOf))
  const versions = [said, ...migrations.map((m) => m.version).toReversed()].filter((n) => n >= 1 && n <= schemaVersion)
  const first = modelOf(versions[0]!)
  if (first.length === found.length && first.every((row) => keys.has(keyOf(row))))
    return { version: versions[0]!, model: first, alike: first.length }
  const all = versions.map((version) => {
    const model = modelOf(version)
    return {
      version,
      model,
      alike: model.filter((row) => keys.has(keyOf(row))).length - Math.max(0, found.length - model.length),
    }
  })
  return all.reduce((best, one) => (one.alike > best.alike ? one : best))
}

function lenient(copy: string): Database.Database {
  const connection = new Database(copy)
  teachSeals(connection)
  connection.unsafeMode(true)
  connection.pragma('writable_schema = ON')
  return connection
}

/** Tables, indexes and triggers as the model has them, where the file keeps each. */
function putSchemaRight(connection: Database.Database, found: readonly SchemaRow[], model: readonly SchemaRow[]): void {
  const rootOf = (row: SchemaRow, at: number): number => {
    const same = found.find(({ name, type }) => name === row.name && type === row.type) ?? found[at]
    return row.rootpage === 0 ? 0 : (same?.rootpage ?? row.rootpage)
  }
  const rows = model.map((row, at) => ({ ...row, rootpage: rootOf(row, at) }))
  connection.transaction(() => {
    connection.exec('DELETE FROM sqlite_schema')
    const insert = connection.prepare(
      'INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES (:type, :name, :tbl_name, :rootpage, :sql)',
    )
    for (const row of rows) insert.run(row)
  })()
}

/**
 * Takes the first page, which lists the tables, from an empty project: a project that this version made has its tables
 * where any other has them. The header stays.
 */
function graftFirstPage(copy: string, folder: string, version: number): void {
  const descriptor = openSync(copy, 'r+')
  try {
    const header = Buffer.alloc(100)
    readSync(descriptor, header, 0, 100, 0)
    const pageSize = header.readUInt16BE(16) === 1 ? 65536 : header.readUInt16BE(16)
    const model = join(folder, 'model')
    emptyAt(model, version, pageSize).close()
    const from = openSync(model, 'r')
    const page = Buffer.alloc(pageSize)
    readSync(from, page, 0, pageSize, 0)
    closeSync(from)
    header.copy(page)
    writeSync(descriptor, page, 0, pageSize, 0)
  } finally {
    closeSync(descriptor)
  }
}

function unreadable(file: string, cause: unknown): Error {
  return failed(
    `The part of ${file} that says where everything lies is damaged: nothing of it can be told apart.`,
    'Restore the project from a backup.',
    { file },
    cause,
  )
}

/** The tables found, or null where even their list cannot be read. */
function tryList(copy: string): { found: SchemaRow[]; said: number } | null {
  const connection = lenient(copy)
  try {
    const said = v.parse(v.number(), connection.pragma('user_version', { simple: true }))
    return { found: listed(connection), said }
  } catch {
    return null
  } finally {
    connection.close()
  }
}

/** Copies the damaged file with its log into the folder, and opens the copy. The caller closes it. */
export function openWorkingCopy(file: string, folder: string): WorkingCopy {
  refusePlanted(file)
  const copy = join(folder, 'damaged')
  const beside = ['-wal', '-journal'].filter((end) => isThere(`${file}${end}`))
  for (const end of ['', ...beside])
    copyFileSync(`${file}${end}`, `${copy}${end}`, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL)
  const logged = beside.includes('-wal') && lstatSync(`${copy}-wal`).size > 0
  mendHeader(copy, file, logged)
  let state = tryList(copy)
  if (state === null || likestVersion(state.found, state.said).alike < 3) {
    graftFirstPage(copy, folder, state?.said ?? schemaVersion)
    state = tryList(copy)
  }
  if (state === null) throw unreadable(file, null)
  const { version, model, alike } = likestVersion(state.found, state.said)
  if (state.said > schemaVersion && alike < model.length)
    throw refused(
      `${file} was written by a newer version of Causalscope (schema ${state.said}; this version knows ${schemaVersion}).`,
      'Recover it with that version or a later one.',
      { file, schema: state.said, known: schemaVersion },
    )
  if (alike < model.length || state.found.length !== model.length) {
    const connection = lenient(copy)
    try {
      putSchemaRight(connection, state.found, model)
    } catch (error) {
      throw unreadable(file, error)
    } finally {
      connection.close()
    }
  }
  const connection = new Database(copy)
  teachSeals(connection)
  return { connection, version }
}
