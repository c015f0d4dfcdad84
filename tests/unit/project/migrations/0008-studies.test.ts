import { expect, it } from 'vitest'
import { insertStudy, listStudies, recordStudyRun, studyRuns } from '../../../../src-main/project/studies.ts'
import { deleteRuns, removeRun } from '../../../../src-main/project/runs.ts'
import { projectFolder } from '../project-folder.ts'
import { databaseAtVersion } from './at-version.ts'

const lab = projectFolder()

it('has studies beside the runs there are, and forgets those that are taken away', () => {
  const older = databaseAtVersion(lab.file, 7)
  older.execute(`
    INSERT INTO datasets (id, name, source, samples, notes, sha256, bytes, header, created_at)
    VALUES (1, 'set', '/data', 0, '[]', '${'ab'.repeat(32)}', 9, '{}', '2026-11-22');
    INSERT INTO runs (name, dataset_id, dataset_sha256, method, config, seed, requested_engine, status, created_at)
    VALUES ('Run 1', 1, '${'ab'.repeat(32)}', 'causal-pima', '{}', 3, 'auto', 'done', '2026-11-22'),
           ('Run 2', 1, '${'ab'.repeat(32)}', 'causal-pima', '{}', 3, 'auto', 'done', '2026-11-22');
  `)
  older.close()
  const { database } = lab.open()
  expect(listStudies(database)).toEqual([])
  const plan = {
    ...{ name: null, datasetId: 1, method: 'causal-pima' as const, config: { nodes: [] }, seeds: [3, 4] },
    ...{ over: [{ key: 'training.epochs', values: ['1', '2'] }], engine: 'auto' as const },
  }
  const study = insertStudy(database, plan)
  expect(study).toMatchObject({ ...plan, id: 1, name: 'Study 1' })
  expect(listStudies(database)).toEqual([study])
  recordStudyRun(database, 1, 0, 1)
  recordStudyRun(database, 1, 2, 2)
  expect([...studyRuns(database, 1)]).toEqual([
    [0, 1],
    [2, 2],
  ])
  deleteRuns(database, [1])
  expect([...studyRuns(database, 1)]).toEqual([[2, 2]])
  removeRun(database, 2)
  expect([...studyRuns(database, 1)]).toEqual([])
})
