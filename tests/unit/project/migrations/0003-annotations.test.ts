import { existsSync } from 'node:fs'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { annotate, undoAnnotation } from '../../../../src-main/project/annotations.ts'
import { listDatasets } from '../../../../src-main/project/datasets.ts'
import { schemaVersion } from '../../../../src-main/project/migrations/all.ts'
import { openProjectReadOnly } from '../../../../src-main/project/project.ts'
import { readRun } from '../../../../src-main/project/runs.ts'
import { projectFolder } from '../project-folder.ts'
import { databaseAtVersion } from './at-version.ts'

const lab = projectFolder()

function olderProject(): void {
  const database = databaseAtVersion(lab.file, 2)
  database.execute(`
    INSERT INTO datasets (id, name, source, samples, notes, sha256, bytes, header, created_at)
    VALUES (1, 'set', '/data', 0, '[]', '${'ab'.repeat(32)}', 9, '{}', '2026-11-22');
    INSERT INTO runs (name, dataset_id, dataset_sha256, method, config, seed, requested_engine, status, created_at)
    VALUES ('Run 1', 1, '${'ab'.repeat(32)}', 'causal-pima', '{}', 3, 'auto', 'done', '2026-11-22');
  `)
  database.close()
}

it('adds annotations to the runs there are', () => {
  olderProject()
  const { database } = lab.open()
  expect(database.get(v.object({ user_version: v.number() }), 'SELECT * FROM pragma_user_version')).toEqual({
    user_version: schemaVersion,
  })
  annotate(database, 1, 'Rename', [{ key: 'node/0/name', value: 'Topology' }])
  expect(undoAnnotation(database, 1).redo).toBe('Rename')
  expect(readRun(database, 1).status).toBe('done')
})

it('keeps a copy of the file from before, which the earlier version can read', () => {
  olderProject()
  expect(() => openProjectReadOnly(lab.file)).toThrow(/older version/)
  const project = lab.open()
  expect(project.backup).toBe(`${lab.file}.backup-schema-2`)
  expect(existsSync(project.backup!)).toBe(true)
  project.close()
  // The copy is itself an older project: opened, it is brought up to date in its turn.
  const again = lab.open()
  expect(again.backup).toBeNull()
  expect(listDatasets(again.database).map((d) => d.name)).toEqual(['set'])
})
