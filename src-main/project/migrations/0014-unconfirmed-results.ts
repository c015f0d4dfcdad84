/** A result whose checksum was lost with a damaged project, and that was taken as its file is: its run is marked. */
import type { Migration } from './migration.ts'
import { sealRows } from './seal-rows.ts'

export const unconfirmedResults: Migration = {
  version: 14,
  up: (database) => {
    database.execute(`
      CREATE TABLE unconfirmed_results (
        run_id INTEGER PRIMARY KEY REFERENCES results (run_id) ON DELETE CASCADE
      ) STRICT;
    `)
    sealRows(database, 'unconfirmed_results')
  },
}
