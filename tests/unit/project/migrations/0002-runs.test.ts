import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { runs } from '../../../../src-main/project/migrations/0002-runs.ts'
import { databaseAtVersion } from './at-version.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'migration-2-'))))
afterEach(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

it('adds runs beside the data sets there are, and holds on to a data set that a run uses', () => {
  const database = databaseAtVersion(join(folder, 'a.causalscope'), 1)
  database.run(
    `INSERT INTO datasets (id, name, source, samples, notes, sha256, bytes, header, created_at)
     VALUES (5, 'set', '/data', 1, '[]', 'ab', 9, '{}', '2026-11-22')`,
  )
  runs.up(database)
  database.run(
    `INSERT INTO runs (name, dataset_id, dataset_sha256, method, config, seed, requested_engine, status, created_at)
     VALUES ('Run 1', 5, 'ab', 'causal-pima', '{}', 3, 'auto', 'queued', '2026-11-22')`,
  )
  database.run(`INSERT INTO metrics (run_id, step, epoch, metrics) VALUES (1, 10, 1, '{}')`)
  database.run(`INSERT INTO results (run_id, file, sha256, created_at) VALUES (1, 'result.json', 'cd', '2026-11-22')`)
  expect(database.get(v.unknown(), 'SELECT seconds, epoch, edges, elbo, notes FROM runs')).toEqual({
    seconds: 0,
    epoch: 0,
    edges: '[]',
    elbo: null,
    notes: '',
  })
  expect(() => database.run('DELETE FROM datasets WHERE id = 5')).toThrow(/FOREIGN KEY/)
  database.run('DELETE FROM runs WHERE id = 1')
  expect(database.all(v.unknown(), 'SELECT 1 FROM metrics UNION ALL SELECT 1 FROM results')).toEqual([])
  database.run('DELETE FROM datasets WHERE id = 5')
  database.close()
})
