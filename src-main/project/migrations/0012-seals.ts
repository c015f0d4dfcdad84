/**
 * Every row is sealed as it is written (../seals.ts). What is in the file now is taken as right. Chunks of samples are
 * sealed by who writes them, for a trigger would write them twice; those there are stay without, and are held against the
 * data set's hash alone.
 *
 * A later step that changes a table's columns drops its triggers first and seals it anew.
 */
import type { Migration } from './migration.ts'
import { sealRows } from './seal-rows.ts'

const tables = [
  ...['datasets', 'modalities', 'metadata', 'samples', 'runs', 'metrics', 'run_log', 'checkpoints', 'results'],
  ...['annotations', 'annotation_history', 'replicates', 'studies', 'study_runs', 'cluster_tasks'],
]

export const seals: Migration = {
  version: 12,
  up: (database) => {
    for (const table of tables) sealRows(database, table)
    database.execute('ALTER TABLE sample_chunks ADD COLUMN seal INTEGER;')
  },
}
