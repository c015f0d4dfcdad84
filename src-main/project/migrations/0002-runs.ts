/** Runs with everything that pins them, what they said epoch by epoch, and the files they left beside the project. */
import type { Migration } from './migration.ts'

export const runs: Migration = {
  version: 2,
  up: (database) =>
    database.execute(`
      CREATE TABLE runs (
        -- AUTOINCREMENT: a purged run's number, and so its folder, is never given to another.
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        notes TEXT NOT NULL DEFAULT '',
        dataset_id INTEGER NOT NULL REFERENCES datasets (id),
        dataset_sha256 TEXT NOT NULL,
        method TEXT NOT NULL,
        config TEXT NOT NULL,
        seed INTEGER NOT NULL,
        requested_engine TEXT NOT NULL,
        requested_threads INTEGER,
        engine TEXT,
        provenance TEXT,
        status TEXT NOT NULL,
        created_at TEXT NOT NULL,
        started_at TEXT,
        finished_at TEXT,
        seconds REAL NOT NULL DEFAULT 0,
        epoch INTEGER NOT NULL DEFAULT 0,
        epochs INTEGER NOT NULL DEFAULT 0,
        elbo REAL,
        edges TEXT NOT NULL DEFAULT '[]',
        error TEXT,
        deleted_at TEXT
      ) STRICT;
      CREATE INDEX runs_of_dataset ON runs (dataset_id);

      CREATE TABLE metrics (
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        step INTEGER NOT NULL,
        epoch INTEGER NOT NULL,
        metrics TEXT NOT NULL,
        PRIMARY KEY (run_id, step)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE run_log (
        id INTEGER PRIMARY KEY,
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        at TEXT NOT NULL,
        level TEXT NOT NULL,
        message TEXT NOT NULL
      ) STRICT;
      CREATE INDEX log_of_run ON run_log (run_id);

      CREATE TABLE checkpoints (
        run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        -- Relative to the run's folder.
        file TEXT NOT NULL,
        kind TEXT NOT NULL,
        step INTEGER NOT NULL,
        epoch INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        created_at TEXT NOT NULL,
        PRIMARY KEY (run_id, file)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE results (
        run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
        -- Relative to the run's folder.
        file TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        created_at TEXT NOT NULL
      ) STRICT;
    `),
}
