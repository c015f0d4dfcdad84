import { expect, it } from 'vitest'
import { listRecoveries, recordRecovery } from '../../../../src-main/project/recoveries.ts'
import { projectFolder } from '../project-folder.ts'
import { databaseAtVersion } from './at-version.ts'

const lab = projectFolder()

it('takes earlier projects as no recovery, and keeps the notes of one', () => {
  databaseAtVersion(lab.file, 12).close()
  const { database } = lab.open()
  expect(listRecoveries(database)).toEqual([])
  const note = { file: '/lab/old.causalscope', at: '2026-11-29T00:00:00.000Z', leftOut: ['Run 2.'], restored: [] }
  recordRecovery(database, note)
  expect(listRecoveries(database)).toEqual([note])
})
