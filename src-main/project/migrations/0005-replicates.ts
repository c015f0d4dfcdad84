/** Replicates of a run: the whole procedure again on a part of the samples, each with a seed of its own. */
import type { Migration } from './migration.ts'

export const replicates: Migration = {
  version: 5,
  up: (database) =>
    database.execute(`
      CREATE TABLE replicates (
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        -- From 0.
        position INTEGER NOT NULL,
        seed INTEGER NOT NULL,
        -- waiting, done or failed
        status TEXT NOT NULL,
        seconds REAL NOT NULL DEFAULT 0,
        -- Of its labels, once it is done.
        sha256 TEXT,
        error TEXT,
        PRIMARY KEY (run_id, position)
      ) STRICT, WITHOUT ROWID;
    `),
}
