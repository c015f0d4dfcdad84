import { expect, it } from 'vitest'
import { readDataset } from '../../../../src-main/project/datasets.ts'
import { addPrepared } from '../../../../src-main/project/preparations.ts'
import { readRows } from '../../../../src-main/project/samples.ts'
import { parseRecipe } from '../../../../src-shared/preparations/text.ts'
import { projectFolder } from '../project-folder.ts'
import { databaseAtVersion } from './at-version.ts'

const lab = projectFolder()

it('keeps the modalities there are as imported ones, and takes prepared ones beside them', () => {
  const older = databaseAtVersion(lab.file, 6)
  const raw = { name: 'curve', kind: 'curve', shape: [2], scaling: { offset: [0], scale: [1] } } as const
  const described = { ...raw, present: 1, source: 'curves.csv', grid: [0, 1] }
  older.execute(`
    INSERT INTO datasets (id, name, source, samples, notes, sha256, bytes, header, created_at)
    VALUES (1, 'set', '/data', 1, '[]', '${'ab'.repeat(32)}', 9, '{}', '2026-11-22');
    INSERT INTO samples (dataset_id, row, id) VALUES (1, 0, 's0');
    INSERT INTO modalities (id, dataset_id, position, name, description, chunk_rows)
    VALUES (5, 1, 0, 'curve', '${JSON.stringify(described)}', 256);
    INSERT INTO sample_chunks (modality_id, chunk, present, data) VALUES (5, 0, x'01', x'0000803f00000040');
  `)
  older.close()
  const { database } = lab.open()
  expect(readDataset(database, 1).modalities).toEqual([described])
  const prepared = { from: 'curve', recipe: parseRecipe('maximum'), fitted: [null], fittedOn: '' }
  const modality = { ...described, name: 'halved', prepared }
  addPrepared(database, 1, { modality, data: Float32Array.of(0.5, 1), present: Uint8Array.of(1) })
  expect(readDataset(database, 1).modalities).toEqual([described, modality])
  expect(readRows(database, 1, [0]).map(({ data }) => [...data])).toEqual([
    [1, 2],
    [0.5, 1],
  ])
})
