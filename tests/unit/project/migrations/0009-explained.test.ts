import { expect, it } from 'vitest'
import { readRun, updateRun } from '../../../../src-main/project/runs.ts'
import { projectFolder } from '../project-folder.ts'
import { databaseAtVersion } from './at-version.ts'

const lab = projectFolder()

it('does not know of runs from before how much they rebuild, and keeps it of those that come', () => {
  const older = databaseAtVersion(lab.file, 8)
  older.execute(`
    INSERT INTO datasets (id, name, source, samples, notes, sha256, bytes, header, created_at)
    VALUES (1, 'set', '/data', 1, '[]', '${'ab'.repeat(32)}', 9, '{}', '2026-11-22');
    INSERT INTO samples (dataset_id, row, id) VALUES (1, 0, 's0');
    INSERT INTO runs (id, name, dataset_id, dataset_sha256, method, config, seed, requested_engine, status, created_at)
    VALUES (1, 'Run 1', 1, '${'ab'.repeat(32)}', 'causal-pima', '{}', 1, 'auto', 'done', '2026-11-22');
  `)
  older.close()
  const { database } = lab.open()
  expect(readRun(database, 1).explained).toBeNull()
  updateRun(database, 1, { explained: -3.5 })
  expect(readRun(database, 1).explained).toBe(-3.5)
})
