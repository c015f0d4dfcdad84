import { expect, it } from 'vitest'
import { openProjectReadOnly } from '../../../../src-main/project/project.ts'
import { readRun } from '../../../../src-main/project/runs.ts'
import { readRows } from '../../../../src-main/project/samples.ts'
import { editByHand } from '../../../other-program.ts'
import { projectFolder } from '../project-folder.ts'
import { databaseAtVersion } from './at-version.ts'

const lab = projectFolder()

it('seals the rows there are, and reads values of samples that were stored without', () => {
  const sha256 = 'ab'.repeat(32)
  const modality = {
    name: 'v',
    kind: 'vector',
    shape: [2],
    scaling: { offset: [0], scale: [1] },
    present: 1,
    source: 's',
  }
  const older = databaseAtVersion(lab.file, 11)
  older.execute(`
    INSERT INTO datasets (id, name, source, samples, notes, sha256, bytes, header, created_at)
    VALUES (1, 'set', '/data', 1, '[]', '${sha256}', 9, '{}', '2026-11-22');
    INSERT INTO samples (dataset_id, row, id) VALUES (1, 0, 's0');
    INSERT INTO modalities (id, dataset_id, position, name, description, chunk_rows)
    VALUES (1, 1, 0, 'v', '${JSON.stringify(modality)}', 256);
    INSERT INTO sample_chunks (modality_id, chunk, present, data) VALUES (1, 0, x'01', x'0000803f0000003f');
    INSERT INTO runs (id, name, dataset_id, dataset_sha256, method, config, seed, requested_engine, status, created_at)
    VALUES (1, 'Run 1', 1, '${sha256}', 'causal-pima', '{}', 1, 'auto', 'done', '2026-11-22');
  `)
  older.close()
  const project = lab.open()
  expect(readRun(project.database, 1).name).toBe('Run 1')
  expect([...readRows(project.database, 1, [0])[0]!.data]).toEqual([1, 0.5])
  project.close()
  openProjectReadOnly(lab.file).close()
  editByHand(lab.file, `UPDATE runs SET name = 'Run 2'`)
  expect(() => openProjectReadOnly(lab.file)).toThrow(/damaged: settings, notes or outcome of run 1 \(table runs\)/)
})
