/** A project has no settings of its own: the table was never written. */
import type { Migration } from './migration.ts'

export const noSettings: Migration = {
  version: 4,
  up: (database) => database.execute('DROP TABLE settings'),
}
