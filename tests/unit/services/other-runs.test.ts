import { expect, it } from 'vitest'
import { insertRun, updateRun } from '../../../src-main/project/runs.ts'
import { otherFinishedRuns } from '../../../src-main/services/judging/other-runs.ts'
import { newRun, projectFolder } from '../project/project-folder.ts'

const lab = projectFolder()

it('asks finished runs that are another training, newest first', async () => {
  const project = lab.open()
  const ids = await lab.ingest(project)
  const add = (seed: number, config: object, status: 'done' | 'failed'): number => {
    const { id } = insertRun(project.database, newRun(ids, { seed, config }))
    updateRun(project.database, id, { status })
    return id
  }
  const own = add(1, { epochs: 4 }, 'done')
  add(1, { epochs: 4 }, 'done')
  const seeded = add(2, { epochs: 4 }, 'done')
  add(3, { epochs: 4 }, 'failed')
  const longer = add(1, { epochs: 8 }, 'done')
  expect(otherFinishedRuns(project, own).map(({ id }) => id)).toEqual([longer, seeded])
})
