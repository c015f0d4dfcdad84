import { expect, it } from 'vitest'
import { insertRun, readRunRecord } from '../../../../src-main/project/runs.ts'
import { projectFolder } from '../project-folder.ts'
import { databaseAtVersion } from './at-version.ts'

const lab = projectFolder()

it('takes earlier runs as begun at their beginning, and keeps from which one a run goes on', () => {
  const sha256 = 'ab'.repeat(32)
  const older = databaseAtVersion(lab.file, 10)
  older.execute(`
    INSERT INTO datasets (id, name, source, samples, notes, sha256, bytes, header, created_at)
    VALUES (1, 'set', '/data', 1, '[]', '${sha256}', 9, '{}', '2026-11-22');
    INSERT INTO samples (dataset_id, row, id) VALUES (1, 0, 's0');
    INSERT INTO runs (id, name, dataset_id, dataset_sha256, method, config, seed, requested_engine, status, created_at)
    VALUES (1, 'Run 1', 1, '${sha256}', 'causal-pima', '{}', 1, 'auto', 'done', '2026-11-22');
  `)
  older.close()
  const { database } = lab.open()
  expect(readRunRecord(database, 1).goesOnFrom).toBeNull()
  const { id } = insertRun(database, {
    ...{ name: null, datasetId: 1, datasetSha256: sha256, method: 'causal-pima', config: {}, seed: 1 },
    ...{ engine: 'auto', threads: null, goesOnFrom: { run: 1, epoch: 12, sha256 } },
  })
  expect(readRunRecord(database, id).goesOnFrom).toEqual({ run: 1, epoch: 12, sha256 })
})
