import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { databaseAtVersion } from './at-version.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'migration-1-'))))
afterEach(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

it('holds data sets, and lets everything of one go with it', () => {
  const database = databaseAtVersion(join(folder, 'a.causalscope'), 1)
  const dataset = database.run(
    `INSERT INTO datasets (name, source, samples, notes, sha256, bytes, header, created_at)
     VALUES ('set', '/data', 1, '[]', 'ab', 9, '{}', '2026-11-22')`,
  )
  const modality = database.run(
    `INSERT INTO modalities (dataset_id, position, name, description, chunk_rows) VALUES (?, 0, 'image', '{}', 256)`,
    dataset,
  )
  database.run(
    'INSERT INTO sample_chunks (modality_id, chunk, present, data) VALUES (?, 0, ?, ?)',
    modality,
    Uint8Array.of(1),
    Uint8Array.of(0, 0, 128, 63),
  )
  database.run(`INSERT INTO samples (dataset_id, row, id) VALUES (?, 0, 's0')`, dataset)
  database.run(`INSERT INTO metadata (dataset_id, position, name, description) VALUES (?, 0, 'plate', '{}')`, dataset)
  const rows = (table: string) => database.get(v.object({ n: v.number() }), `SELECT count(*) AS n FROM ${table}`)?.n
  const tables = ['datasets', 'modalities', 'sample_chunks', 'samples', 'metadata']
  expect(tables.map(rows)).toEqual([1, 1, 1, 1, 1])
  database.run('DELETE FROM datasets WHERE id = ?', dataset)
  expect(tables.map(rows)).toEqual([0, 0, 0, 0, 0])
  expect(() => database.run(`INSERT INTO samples (dataset_id, row, id) VALUES (99, 0, 'x')`)).toThrow(/FOREIGN KEY/)
  database.close()
})
