import { expect, it } from 'vitest'
import { insertTask, openTask, openTasks } from '../../../../src-main/project/cluster-tasks.ts'
import { readRun, removeRun } from '../../../../src-main/project/runs.ts'
import { projectFolder } from '../project-folder.ts'
import { databaseAtVersion } from './at-version.ts'

const lab = projectFolder()

it('keeps tasks of a cluster beside the runs there are; a run that is worked on there is not taken for interrupted', () => {
  const older = databaseAtVersion(lab.file, 9)
  older.execute(`
    INSERT INTO datasets (id, name, source, samples, notes, sha256, bytes, header, created_at)
    VALUES (1, 'set', '/data', 0, '[]', '${'ab'.repeat(32)}', 9, '{}', '2026-11-22');
    INSERT INTO runs (name, dataset_id, dataset_sha256, method, config, seed, requested_engine, status, created_at)
    VALUES ('Run 1', 1, '${'ab'.repeat(32)}', 'causal-pima', '{}', 3, 'auto', 'interrupted', '2026-11-22');
  `)
  older.close()
  const project = lab.open()
  const { database } = project
  const task = { folder: '/shared/work', task: 1, work_key: 'k', run_id: 1, replicate: null }
  expect(insertTask(database, task)).toMatchObject({ ...task, state: 'waiting', told: 0 })
  expect(openTask(database, 1, 0)).toBeNull()
  database.run(`UPDATE runs SET status = 'running' WHERE id = 1`)
  project.close()
  const again = lab.open()
  expect(again.recovered).toEqual([])
  expect(readRun(again.database, 1).status).toBe('running')
  removeRun(again.database, 1)
  expect(openTasks(again.database)).toEqual([])
})
