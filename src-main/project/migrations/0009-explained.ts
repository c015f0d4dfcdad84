/** A finished run remembers how much of what was measured it rebuilds: lists tell a run that found nothing from one that did. */
import type { Migration } from './migration.ts'

export const explained: Migration = {
  version: 9,
  up: (database) => database.execute('ALTER TABLE runs ADD COLUMN explained REAL;'),
}
