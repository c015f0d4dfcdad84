/** Small things that a project remembers about itself, as JSON by key. */
import * as v from 'valibot'
import { json, type ReadableDatabase, type WritableDatabase } from './database.ts'

/** The value under the key if it is there and fits the schema, else null. */
export function readSetting<S extends v.GenericSchema<unknown, unknown>>(
  database: ReadableDatabase,
  key: string,
  schema: S,
): v.InferOutput<S> | null {
  const row = database.get(v.object({ value: json(v.unknown()) }), 'SELECT value FROM settings WHERE key = ?', key)
  const parsed = v.safeParse(schema, row?.value)
  return parsed.success ? parsed.output : null
}

export function writeSetting(database: WritableDatabase, key: string, value: unknown): void {
  database.run('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)', key, JSON.stringify(value))
}
