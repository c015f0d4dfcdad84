/**
 * What a file must be before SQLite is let at it. A project may come from somebody else, and SQLite opens by itself what
 * lies beside a database under its name, and does what is written there.
 */
import { closeSync, fstatSync, lstatSync, readSync } from 'node:fs'
import Database from 'better-sqlite3'
import { refused } from '../../src-shared/errors.ts'
import { openPlain, requirePlain } from '../datasets/plain-file.ts'
import { WritableDatabase } from './database.ts'
import { damagedProject } from './disk-errors.ts'
import { applicationId, beganAsProject, notAProject, sqliteMagic } from './foreign.ts'
import { migrations } from './migrations/all.ts'
import { teachSeals } from './seals.ts'

const journalMagic = Buffer.from('d9d505f920a163d7', 'hex')

function piece(descriptor: number, position: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes)
  return buffer.subarray(0, readSync(descriptor, buffer, 0, bytes, position))
}

/** Whether anything is there, a link to nothing included. */
export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

/**
 * The end of a rollback journal may name another file, which SQLite then reads and deletes: it ties the journals of
 * several databases together. A project is one database, so its journal never has one.
 */
function refuseNamedJournal(journal: string): void {
  const descriptor = openPlain(journal)
  try {
    const { size } = fstatSync(descriptor)
    if (size < 16 || !piece(descriptor, size - 8, 8).equals(journalMagic)) return
    throw refused(
      `${journal} was not written by Causalscope: it names another file.`,
      'Restore the project from a backup, or ask where it comes from.',
      { file: journal },
    )
  } finally {
    closeSync(descriptor)
  }
}

/** Throws `refused` unless the file and what SQLite keeps beside it are plain files that lead to no others. */
export function refusePlanted(file: string): void {
  for (const path of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) {
    const kind = lstatSync(path, { throwIfNoEntry: false })
    if (kind !== undefined) requirePlain(kind, path)
  }
  if (isThere(`${file}-journal`)) refuseNamedJournal(`${file}-journal`)
}

/** As `refusePlanted`, and throws `refused` unless the file begins as a project does, `failed` where it did once. */
export function refuseForeign(file: string): void {
  refusePlanted(file)
  const descriptor = openPlain(file)
  try {
    const header = piece(descriptor, 0, 100)
    const id = header.length < 72 ? 0 : header.readUInt32BE(68)
    const isDatabase = header.toString('latin1', 0, sqliteMagic.length) === sqliteMagic
    // A writer that was killed early may have left all it wrote in the log.
    if (isDatabase && (id === applicationId || (id === 0 && isThere(`${file}-wal`)))) return
    if (beganAsProject(header)) throw damagedProject(file, 'is damaged: its first bytes are not those of a project')
    throw notAProject(file, header)
  } finally {
    closeSync(descriptor)
  }
}

function schemaRows(connection: Database.Database): string[] {
  const rows = connection.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema').raw().all()
  return rows.map((row) => JSON.stringify(row)).sort()
}

/**
 * Throws `failed` unless tables and indexes are those of the version, to the letter: another schema is a file edited by
 * hand, and triggers or views in it would act on what is read and written.
 */
export function requireSchema(connection: Database.Database, version: number, file: string): void {
  const model = new Database(':memory:')
  teachSeals(model)
  try {
    const database = new WritableDatabase(model, file)
    for (const step of migrations) if (step.version <= version) step.up(database)
    const wanted = schemaRows(model)
    const found = schemaRows(connection)
    if (found.length === wanted.length && found.every((row, i) => row === wanted[i])) return
  } finally {
    model.close()
  }
  throw damagedProject(file, 'is damaged: its tables are not those of a Causalscope project', { schema: version })
}
