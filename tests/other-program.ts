/** Writers of project files that are not this program. */
import Database from 'better-sqlite3'
import { teachSeals } from '../src-main/project/seals.ts'

/** What a curious person's program does, and takes away first what keeps it from doing so, and puts it back. */
export function editByHand(file: string, sql: string): void {
  const database = new Database(file)
  database.pragma('foreign_keys = OFF')
  const triggers = database
    .prepare<[], { name: string; sql: string }>(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`)
    .all()
  const away = triggers.map(({ name }) => `DROP TRIGGER ${name}`)
  const back = triggers.map((trigger) => trigger.sql)
  database.exec(['BEGIN', ...away, sql, ...back, 'COMMIT'].map((each) => each.replace(/;?$/, ';')).join('\n'))
  database.close()
}

/** Somebody who means harm and knows how rows are sealed: what they write is met by every other check. */
export function forger(file: string): Database.Database {
  const database = new Database(file)
  teachSeals(database)
  database.pragma('foreign_keys = OFF')
  return database
}
