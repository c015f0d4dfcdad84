/** A project with a row in every table. */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { makeFolderSync } from '../../../src-main/datasets/make-folder.ts'
import { annotate } from '../../../src-main/project/annotations.ts'
import { insertTask } from '../../../src-main/project/cluster-tasks.ts'
import { runFile, runFolder } from '../../../src-main/project/folders.ts'
import { planReplicates } from '../../../src-main/project/replicates.ts'
import { recordResult } from '../../../src-main/project/results.ts'
import { recordCheckpoint, recordEpoch, recordLog } from '../../../src-main/project/run-history.ts'
import { insertRun, updateRun } from '../../../src-main/project/runs.ts'
import { insertStudy, recordStudyRun } from '../../../src-main/project/studies.ts'
import { newRun, type ProjectFolder } from './project-folder.ts'

const sha256 = 'ab'.repeat(32)

/** Makes it and closes it: a finished run with all that can hang on one, and one that was interrupted. */
export async function wholeProject(lab: ProjectFolder): Promise<void> {
  const project = lab.open()
  const { database } = project
  const dataset = await lab.ingest(project)
  const { id } = insertRun(database, newRun(dataset, { name: 'Fork, first try' }))
  const epoch = { epoch: 1, phase: 'pretrain', seconds: 1, score: -2.5, validationScore: null, edges: null } as const
  for (const step of [10, 20, 30])
    recordEpoch(database, id, { ...epoch, epoch: step / 10, step, terms: { kl: 1 / step }, figures: {} })
  recordLog(database, id, 'info', 'begun')
  const checkpoint = runFile(lab.file, id, 'step-30.ckpt')
  recordCheckpoint(database, id, { file: checkpoint, kind: 'last', step: 30, epoch: 3, bytes: 9, sha256 })
  database.run(
    `INSERT INTO checkpoints (run_id, file, kind, step, epoch, bytes, sha256, created_at) VALUES (?, 'a.ckpt', 'last', 30, 3, 9, ?, '')`,
    ...[id, sha256],
  )
  const result = '{ "nodes": [] }'
  makeFolderSync(runFolder(lab.file, id))
  writeFileSync(runFile(lab.file, id, 'result.json'), result)
  recordResult(database, id, {
    file: runFile(lab.file, id, 'result.json'),
    sha256: createHash('sha256').update(result).digest('hex'),
  })
  annotate(database, id, 'Rename', [{ key: 'node/0/name', value: 'Topology' }])
  planReplicates(database, id, 2, (position) => position)
  insertTask(database, { folder: '/work/1', task: 1, work_key: 'k', run_id: id, replicate: 0 })
  updateRun(database, id, { status: 'done', notes: 'the one for the paper', score: -2.5, seconds: 3 })
  const second = insertRun(database, newRun(dataset, { name: 'Fork, second try', seed: 8 }))
  updateRun(database, second.id, { status: 'interrupted' })
  const { method, config, seed } = newRun(dataset)
  const over = [{ key: 'seed', values: ['1'] }]
  const study = { name: null, datasetId: dataset.id, method, config, over, seeds: [seed], engine: 'auto' } as const
  recordStudyRun(database, insertStudy(database, study).id, 0, id)
  project.close()
}
