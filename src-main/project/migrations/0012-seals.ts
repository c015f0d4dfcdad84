/**
 * Every row is sealed as it is written (../seals.ts). What is in the file now is taken as right. Chunks of samples are
 * sealed by who writes them, for a trigger would write them twice; those there are stay without, and are held against the
 * data set's hash alone.
 *
 * A later step that changes a table's columns drops its triggers first and seals it anew.
 */
import * as v from 'valibot'
import type { WritableDatabase } from '../database.ts'
import { sealFunction } from '../seals.ts'
import type { Migration } from './migration.ts'

const tables = [
  ...['datasets', 'modalities', 'metadata', 'samples', 'runs', 'metrics', 'run_log', 'checkpoints', 'results'],
  ...['annotations', 'annotation_history', 'replicates', 'studies', 'study_runs', 'cluster_tasks'],
]

/** Adds seals to a table that has none. A row cannot be taken away either but by a program that knows how to seal. */
function sealRows(database: WritableDatabase, table: string): void {
  const info = database.all(
    v.object({ name: v.string(), pk: v.number() }),
    'SELECT name, pk FROM pragma_table_info(?) ORDER BY cid',
    table,
  )
  const columns = info.map(({ name }) => name).join(', ')
  const seal = `UPDATE ${table} SET seal = ${sealFunction}(${columns})`
  const isNew = info
    .filter(({ pk }) => pk > 0)
    .map(({ name }) => `${name} = NEW.${name}`)
    .join(' AND ')
  database.execute(`
    ALTER TABLE ${table} ADD COLUMN seal INTEGER;
    ${seal};
    CREATE TRIGGER ${table}_added AFTER INSERT ON ${table} BEGIN ${seal} WHERE ${isNew}; END;
    CREATE TRIGGER ${table}_changed AFTER UPDATE OF ${columns} ON ${table} BEGIN ${seal} WHERE ${isNew}; END;
    CREATE TRIGGER ${table}_removed BEFORE DELETE ON ${table} BEGIN SELECT ${sealFunction}(); END;
  `)
}

export const seals: Migration = {
  version: 12,
  up: (database) => {
    for (const table of tables) sealRows(database, table)
    database.execute('ALTER TABLE sample_chunks ADD COLUMN seal INTEGER;')
  },
}
