/**
 * Every row carries a seal, a checksum of its values, so that a byte lost on the disk or written by another program is not
 * read as another name, setting or number. Triggers set it (migrations/0012-seals.ts), with a function that this program
 * alone gives to SQLite. It keeps no forger away: whoever knows the function can seal what they like.
 */
import { crc32 } from 'node:zlib'
import type Database from 'better-sqlite3'
import * as v from 'valibot'
import type { SqlValue } from './database.ts'
import { damagedProject } from './disk-errors.ts'

/** As SQL calls it. */
export const sealFunction = 'causalscope_seal'

/**
 * CRC-32 of the values, each with its length or its end: no change of up to four bytes in a row leaves it as it was.
 * Projects hold seals made by it, so it never changes.
 */
export function sealOf(...values: SqlValue[]): number {
  let sum = 0
  let text = ''
  for (const value of values)
    if (typeof value === 'string') text += `${value.length}:${value},`
    else if (value instanceof Uint8Array) {
      sum = crc32(value, crc32(`${text}${value.length} bytes:`, sum))
      text = ''
    } else text += `${value},`
  return crc32(text, sum)
}

/** Lets statements and triggers of this connection seal. */
export function teachSeals(connection: Database.Database): void {
  connection.function(sealFunction, { deterministic: true, varargs: true }, sealOf as (...values: unknown[]) => unknown)
}

/** What a row of the table is, and the column that says whose. */
const rowsInWords: Readonly<Record<string, readonly [what: string, owner: string, column: string]>> = {
  datasets: ['what is told', 'data set', 'id'],
  modalities: ['a modality', 'data set', 'dataset_id'],
  metadata: ['a metadata column', 'data set', 'dataset_id'],
  samples: ['the id of a sample', 'data set', 'dataset_id'],
  runs: ['settings, notes or outcome', 'run', 'id'],
  metrics: ['an epoch', 'run', 'run_id'],
  run_log: ['a line of the log', 'run', 'run_id'],
  checkpoints: ['a checkpoint', 'run', 'run_id'],
  results: ['where the result lies', 'run', 'run_id'],
  unconfirmed_results: ['the mark on the result', 'run', 'run_id'],
  annotations: ['a name or position', 'run', 'run_id'],
  annotation_history: ['a step to undo', 'run', 'run_id'],
  replicates: ['a replicate', 'run', 'run_id'],
  cluster_tasks: ['a task on a cluster', 'run', 'run_id'],
  studies: ['settings', 'study', 'id'],
  study_runs: ['the place of a run', 'study', 'study_id'],
  recoveries: ['the note', 'recovery', 'id'],
}

const tableRow = v.object({ name: v.string(), columns: v.string() })

/** Tables whose rows are checked on opening, each with the columns that its seals are of. Values of samples are checked when they are read. */
const sealedTables = `
  SELECT name, (SELECT group_concat(c.name, ', ') FROM pragma_table_info(t.name) AS c WHERE c.name <> 'seal') AS columns
  FROM sqlite_schema AS t
  WHERE type = 'table' AND name <> 'sample_chunks'
    AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) AS c WHERE c.name = 'seal')
  ORDER BY name`

const mostNamed = 5

/** Whose rows of the table are not as they were written, in words; at most as many as are named. */
function broken(connection: Database.Database, { name, columns }: v.InferOutput<typeof tableRow>): string[] {
  const [what, owner, column] = rowsInWords[name] ?? ['a row', 'table', `'${name}'`]
  const rows = connection
    .prepare(
      `SELECT DISTINCT ${column} FROM ${name} WHERE seal IS NOT ${sealFunction}(${columns}) LIMIT ${mostNamed + 1}`,
    )
    .pluck()
    .all()
  return rows.map((id) => `${what} of ${owner} ${String(id)} (table ${name})`)
}

/** Throws `failed`, naming what is concerned, where rows are not as this program wrote them. The schema has been looked at. */
export function requireSeals(connection: Database.Database, file: string): void {
  const found = v
    .parse(v.array(tableRow), connection.prepare(sealedTables).all())
    .flatMap((table) => broken(connection, table))
  if (found.length === 0) return
  const named = found.slice(0, mostNamed).join('; ')
  const changed = `${named}${found.length > mostNamed ? ' and more' : ''} changed since Causalscope wrote it`
  throw damagedProject(file, `is damaged: ${changed}`, { damaged: found })
}
