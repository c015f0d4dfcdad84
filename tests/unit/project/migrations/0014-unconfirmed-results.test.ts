import { expect, it } from 'vitest'
import { markUnconfirmed, readResultFile, recordResult } from '../../../../src-main/project/results.ts'
import { runFile } from '../../../../src-main/project/folders.ts'
import { insertRun } from '../../../../src-main/project/runs.ts'
import { newRun, projectFolder } from '../project-folder.ts'
import { databaseAtVersion } from './at-version.ts'

const lab = projectFolder()

it('takes results of earlier projects as confirmed, and keeps the mark until there is another result', async () => {
  databaseAtVersion(lab.file, 13).close()
  const project = lab.open()
  const { database } = project
  const { id } = insertRun(database, newRun(await lab.ingest(project)))
  const result = { file: runFile(lab.file, id, 'result.json'), sha256: 'ab'.repeat(32) }
  recordResult(database, id, result)
  expect(readResultFile(database, id)).toEqual({ ...result, unconfirmed: false })
  markUnconfirmed(database, [id, 99])
  expect(readResultFile(database, id)).toEqual({ ...result, unconfirmed: true })
  recordResult(database, id, result)
  expect(readResultFile(database, id)).toEqual({ ...result, unconfirmed: false })
})
