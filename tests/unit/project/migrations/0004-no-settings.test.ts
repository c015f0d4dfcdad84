import * as v from 'valibot'
import { expect, it } from 'vitest'
import { listRuns } from '../../../../src-main/project/runs.ts'
import { projectFolder } from '../project-folder.ts'
import { databaseAtVersion } from './at-version.ts'

const lab = projectFolder()

it('takes the settings away, whatever is in them, and leaves all else', () => {
  const older = databaseAtVersion(lab.file, 3)
  older.execute(`
    INSERT INTO settings (key, value) VALUES ('size', '3');
    INSERT INTO datasets (id, name, source, samples, notes, sha256, bytes, header, created_at)
    VALUES (1, 'set', '/data', 0, '[]', '${'ab'.repeat(32)}', 9, '{}', '2026-11-22');
    INSERT INTO runs (name, dataset_id, dataset_sha256, method, config, seed, requested_engine, status, created_at)
    VALUES ('Run 1', 1, '${'ab'.repeat(32)}', 'causal-pima', '{}', 3, 'auto', 'done', '2026-11-22');
  `)
  older.close()
  const project = lab.open()
  expect(project.backup).toBe(`${lab.file}.backup-schema-3`)
  expect(project.database.all(v.unknown(), `SELECT 1 FROM sqlite_schema WHERE name = 'settings'`)).toEqual([])
  expect(listRuns(project.database).map(({ name }) => name)).toEqual(['Run 1'])
})
