/** The project file that a recovery writes: rows in their places, sealed as they come. */
import Database from 'better-sqlite3'
import type { SqlValue } from '../database.ts'

export class Target {
  readonly connection: Database.Database
  readonly #inserts = new Map<string, Database.Statement>()

  constructor(connection: Database.Database) {
    this.connection = connection
  }

  /** False where the row fits in no place: its key is taken, or a value is of another kind. */
  insert(table: string, values: Readonly<Record<string, SqlValue>>): boolean {
    const names = Object.keys(values)
    const key = `${table}/${names.join()}`
    let statement = this.#inserts.get(key)
    if (statement === undefined) {
      const places = names.map((name) => `@${name}`)
      statement = this.connection.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places.join(', ')})`)
      this.#inserts.set(key, statement)
    }
    try {
      statement.run(values)
      return true
    } catch (error) {
      if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT')) return false
      throw error
    }
  }
}
