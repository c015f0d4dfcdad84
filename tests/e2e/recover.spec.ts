import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openProject } from '../../src-main/project/project.ts'
import { importDataset } from '../../src-main/services/datasets.ts'
import { bundledSample } from '../../src-main/datasets/bundled-sample.ts'
import { recordEpoch } from '../../src-main/project/run-history.ts'
import { insertRun, updateRun } from '../../src-main/project/runs.ts'
import { editByHand } from '../other-program.ts'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'

/** A project with two runs that were interrupted; the settings of the second and an epoch of the first are damaged. */
async function damagedProject(file: string): Promise<Buffer> {
  const project = openProject(file, { program: 'a test', create: 'missing' })
  const source = bundledSample('mechanical-mnist')
  const { dataset } = await importDataset(file, { source, name: 'Blocks' }, () => project)
  for (const [name, seed] of [
    ['First try', 1],
    ['Second try', 2],
  ] as const) {
    const { id } = insertRun(project.database, {
      ...{ name, seed, datasetId: dataset.id, datasetSha256: dataset.sha256, method: 'causal-pima', config: {} },
      ...{ engine: 'auto', threads: null },
    })
    for (const step of [10, 20])
      recordEpoch(project.database, id, {
        ...{ epoch: step / 10, step, phase: 'pretrain', seconds: 1, score: -2.5, validationScore: null, edges: null },
        ...{ terms: { kl: 1 / step }, figures: {} },
      })
    updateRun(project.database, id, { status: 'interrupted' })
  }
  project.close()
  editByHand(
    file,
    `UPDATE runs SET notes = 'x' WHERE id = 2; UPDATE metrics SET epoch = 9 WHERE run_id = 1 AND step = 10`,
  )
  return readFileSync(file)
}

test('recovers what is whole in a damaged project, and says what is not', async ({ start, home }) => {
  test.setTimeout(90_000)
  const file = join(home, 'lab.causalscope')
  const damaged = await damagedProject(file)
  const app = await start({ project: file })
  const { page } = app
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('settings, notes or outcome of run 2 (table runs)')
  await expect(alert).toContainText('make a new project of what is whole in it')
  // Words and button have room in a small window too.
  const recover = alert.getByRole('button', { name: 'Recover…' })
  for (const size of [
    { width: 640, height: 400 },
    { width: 1280, height: 800 },
  ]) {
    await page.setViewportSize(size)
    await expect(recover).toBeInViewport({ ratio: 1 })
    const room = await alert.locator('.words').evaluate((words) => [words.clientWidth, words.scrollHeight - words.clientHeight]) // prettier-ignore
    expect(room[0]).toBeGreaterThan(250)
    expect(room[1]).toBe(0)
  }
  // What is no project has nothing to recover, and says what it is.
  const notes = join(home, 'notes.causalscope')
  writeFileSync(notes, 'sample,strain\n1,0.2\n')
  await app.openPath(notes)
  const foreign = page.getByRole('alert').filter({ hasText: 'is not a Causalscope project: it is text.' })
  await expect(foreign).toContainText('It has the name of one')
  await expect(foreign.getByRole('button', { name: 'Recover…' })).toHaveCount(0)
  await foreign.getByRole('button', { name: 'Close message' }).click()
  await recover.click()
  const question = page.getByRole('dialog', { name: 'Recover what is whole into' })
  await expect(question.getByLabel('Name', { exact: true })).toHaveValue('lab recovered.causalscope')
  await question.getByRole('button', { name: 'Save' }).click()
  const told = page.getByRole('dialog', { name: 'A recovered project' })
  await expect(told).toContainText('Run 2, Second try, with all that hangs on it', { timeout: 30_000 })
  await expect(told).toContainText('1 epoch of run 1: a gap in its curves, no more.')
  await expectAccessible(page)
  await told.getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('1 run')
  await page.getByRole('button', { name: 'recovered project' }).click()
  await expect(told).toContainText(file)
  expect(readFileSync(file)).toEqual(damaged)
  await app.close()
})
