/** What people add to results: names, pinned positions, notes, with a history to undo; and the project's settings. */
import type { Migration } from './migration.ts'

export const annotations: Migration = {
  version: 3,
  up: (database) =>
    database.execute(`
      CREATE TABLE annotations (
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (run_id, key)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE annotation_history (
        id INTEGER PRIMARY KEY,
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        label TEXT NOT NULL,
        -- [{ key, before, after }]
        changes TEXT NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0,
        at TEXT NOT NULL
      ) STRICT;
      CREATE INDEX history_of_run ON annotation_history (run_id);

      CREATE TABLE settings (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `),
}
