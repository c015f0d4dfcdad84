/** Studies: one method trained over a grid of settings and several seeds, each training a run of the project. */
import type { Migration } from './migration.ts'

export const studies: Migration = {
  version: 8,
  up: (database) =>
    database.execute(`
      CREATE TABLE studies (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
        method TEXT NOT NULL,
        -- What all runs share, as it was given.
        config TEXT NOT NULL,
        -- Settings that differ, each with its values as text.
        over TEXT NOT NULL,
        seeds TEXT NOT NULL,
        requested_engine TEXT NOT NULL,
        created_at TEXT NOT NULL
      ) STRICT;
      CREATE TABLE study_runs (
        study_id INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
        -- From 0: seed after seed, in each the settings in their order.
        position INTEGER NOT NULL,
        -- A run that was removed is trained again.
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        PRIMARY KEY (study_id, position)
      ) STRICT, WITHOUT ROWID;
    `),
}
