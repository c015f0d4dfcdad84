/** A project that was recovered from a damaged one remembers it: from which file, when, and what was left out. */
import type { Migration } from './migration.ts'
import { sealRows } from './seal-rows.ts'

export const recoveries: Migration = {
  version: 13,
  up: (database) => {
    database.execute(`
      CREATE TABLE recoveries (
        id INTEGER PRIMARY KEY,
        -- The damaged project's.
        file TEXT NOT NULL,
        at TEXT NOT NULL,
        -- Sentences, as JSON.
        left_out TEXT NOT NULL,
        restored TEXT NOT NULL
      ) STRICT;
    `)
    sealRows(database, 'recoveries')
  },
}
