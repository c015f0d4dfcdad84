/** A project file as a program of an earlier schema version left it. */
import Database from 'better-sqlite3'
import { WritableDatabase } from '../../../../src-main/project/database.ts'
import { teachSeals } from '../../../../src-main/project/seals.ts'
import { migrations } from '../../../../src-main/project/migrations/all.ts'

/** Makes the file with the schema of `version`; the caller closes it. */
export function databaseAtVersion(file: string, version: number): WritableDatabase {
  const connection = new Database(file)
  teachSeals(connection)
  connection.pragma('foreign_keys = ON')
  const database = new WritableDatabase(connection, file)
  for (const step of migrations.slice(0, version)) step.up(database)
  // "CSPJ", as every project file carries it.
  connection.pragma(`application_id = 1129533514`)
  connection.pragma(`user_version = ${version}`)
  return database
}
