/** A run may begin with the model of a finished one; it remembers which, also when that one is gone. */
import type { Migration } from './migration.ts'

export const goesOn: Migration = {
  version: 11,
  // JSON: { run, epoch, sha256 } of the checkpoint. Null: the run began at its beginning.
  up: (database) => database.execute('ALTER TABLE runs ADD COLUMN goes_on_from TEXT;'),
}
