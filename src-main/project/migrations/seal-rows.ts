/** Seals on the rows of a table, as migrations give them. */
import * as v from 'valibot'
import type { WritableDatabase } from '../database.ts'
import { sealFunction } from '../seals.ts'

/** Adds seals to a table that has none. A row cannot be taken away either but by a program that knows how to seal. */
export function sealRows(database: WritableDatabase, table: string): void {
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
