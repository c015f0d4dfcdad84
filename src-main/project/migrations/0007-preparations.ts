/** Modalities may be prepared from others of their set: their values lie in chunks like all, their recipe in the description. */
import type { Migration } from './migration.ts'

export const preparations: Migration = {
  version: 7,
  // Null: imported.
  up: (database) => database.execute('ALTER TABLE modalities ADD COLUMN source_id INTEGER REFERENCES modalities (id)'),
}
