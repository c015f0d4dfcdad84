/**
 * Data sets and their samples. Values are float32 blobs in chunks of rows, so that one sample is read without its
 * neighbours and a set of thousands opens at once; `header` and `beside` keep what makes the pack come back bit for bit.
 */
import type { Migration } from './migration.ts'

export const datasets: Migration = {
  version: 1,
  up: (database) =>
    database.execute(`
      CREATE TABLE datasets (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        source TEXT NOT NULL,
        samples INTEGER NOT NULL,
        notes TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        -- The pack's header, or null when the pack itself lies beside the project file.
        header TEXT,
        created_at TEXT NOT NULL
      ) STRICT;

      CREATE TABLE modalities (
        id INTEGER PRIMARY KEY,
        dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        description TEXT NOT NULL,
        chunk_rows INTEGER NOT NULL,
        UNIQUE (dataset_id, position),
        UNIQUE (dataset_id, name)
      ) STRICT;

      CREATE TABLE metadata (
        id INTEGER PRIMARY KEY,
        dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        description TEXT NOT NULL,
        -- [n] float64, little-endian
        data BLOB,
        UNIQUE (dataset_id, position)
      ) STRICT;

      CREATE TABLE samples (
        dataset_id INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
        row INTEGER NOT NULL,
        id TEXT NOT NULL,
        PRIMARY KEY (dataset_id, row)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE sample_chunks (
        id INTEGER PRIMARY KEY,
        modality_id INTEGER NOT NULL REFERENCES modalities (id) ON DELETE CASCADE,
        chunk INTEGER NOT NULL,
        -- [rows] uint8, 1 where the sample has this modality
        present BLOB NOT NULL,
        -- [rows, ...shape] float32, little-endian, scaled
        data BLOB NOT NULL,
        UNIQUE (modality_id, chunk)
      ) STRICT;
    `),
}
