import { expect, it } from 'vitest'
import { listReplicates, planReplicates } from '../../../../src-main/project/replicates.ts'
import { readRun } from '../../../../src-main/project/runs.ts'
import { projectFolder } from '../project-folder.ts'
import { databaseAtVersion } from './at-version.ts'

const lab = projectFolder()

it('adds replicates to the runs there are', () => {
  const older = databaseAtVersion(lab.file, 4)
  older.execute(`
    INSERT INTO datasets (id, name, source, samples, notes, sha256, bytes, header, created_at)
    VALUES (1, 'set', '/data', 0, '[]', '${'ab'.repeat(32)}', 9, '{}', '2026-11-22');
    INSERT INTO runs (name, dataset_id, dataset_sha256, method, config, seed, requested_engine, status, created_at)
    VALUES ('Run 1', 1, '${'ab'.repeat(32)}', 'causal-pima', '{}', 3, 'auto', 'done', '2026-11-22');
  `)
  older.close()
  const { database } = lab.open()
  expect(listReplicates(database, 1)).toEqual([])
  planReplicates(database, 1, 2, (position) => 100 + position)
  expect(listReplicates(database, 1).map(({ seed, status }) => [seed, status])).toEqual([
    [100, 'waiting'],
    [101, 'waiting'],
  ])
  expect(readRun(database, 1).status).toBe('done')
})
