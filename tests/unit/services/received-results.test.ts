/** A result that somebody else wrote, its hash in the project right: it can name no file outside its run's folder. */
import { createHash } from 'node:crypto'
import { copyFileSync, linkSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runFolder } from '../../../src-main/project/folders.ts'
import { recordResult } from '../../../src-main/project/results.ts'
import { readResult, readResultArrays } from '../../../src-main/services/results.ts'
import { projectFolder } from '../project/project-folder.ts'
import { finishedRun } from './fake-training.ts'

const lab = projectFolder()

async function resultWith(change: (text: string, folder: string) => string) {
  const project = lab.open()
  const run = await finishedRun(project, await lab.ingest(project))
  const folder = runFolder(project.file, run)
  const file = join(folder, 'result.json')
  const text = change(readFileSync(file, 'utf8'), folder)
  writeFileSync(file, text)
  recordResult(project.database, run, { file, sha256: createHash('sha256').update(text).digest('hex') })
  return { project, run, folder }
}

it.each(['../../../elsewhere.npz', '/etc/passwd', 'samples.npz/../../../../elsewhere.npz', '..', ''])(
  'reads no arrays from %j',
  async (name) => {
    const { project, run } = await resultWith((text, folder) => {
      copyFileSync(join(folder, 'samples.npz'), join(lab.folder, 'elsewhere.npz'))
      return text.replace('"samples.npz"', JSON.stringify(name))
    })
    await expect(readResultArrays(project, run)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('is not the name of a file of a run') as unknown,
    })
  },
)

it('reads neither result nor arrays through a link', async () => {
  for (const name of ['samples.npz', 'result.json']) {
    const { project, run, folder } = await resultWith((text) => text)
    expect((await readResultArrays(project, run)).ids).toHaveLength(10)
    renameSync(join(folder, name), join(lab.folder, `${run}-${name}`))
    symlinkSync(join(lab.folder, `${run}-${name}`), join(folder, name))
    await expect(readResultArrays(project, run)).rejects.toThrow(/is a link/)
    if (name === 'result.json') await expect(readResult(project, run)).rejects.toThrow(/is a link/)
    project.close()
  }
})

it('reads what lies under two names, for copies are made so', async () => {
  const { project, run, folder } = await resultWith((text) => text)
  linkSync(join(folder, 'samples.npz'), join(lab.folder, 'snapshot.npz'))
  expect((await readResultArrays(project, run)).ids).toHaveLength(10)
})
