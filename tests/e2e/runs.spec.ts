import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'
import { importStudy, trainStudy } from './collider-study.ts'
import { importLattice, startRun } from './lattice-project.ts'

test.setTimeout(120_000)

test('compares runs, exports one, duplicates with changes, deletes and takes it back', async ({ app, home }) => {
  const { page } = app
  const dataset = await importLattice(page, home)
  await startRun(page, dataset, { seed: 1, name: 'First' })
  await startRun(page, dataset, { seed: 2, name: 'Longer', epochs: 5 })
  await page.keyboard.press('Control+7')
  const rows = page.getByRole('row')
  await expect(rows.filter({ hasText: 'First' })).toContainText('done', { timeout: 60_000 })
  await expect(rows.filter({ hasText: 'Longer' })).toContainText('done', { timeout: 60_000 })

  await expect(page.getByRole('navigation').getByRole('button', { name: /Runs/ })).toHaveAccessibleName(/2\s+runs/)
  const names = page.getByRole('table', { name: 'Runs' }).locator('tbody button')
  await expect(names).toHaveText(['Longer', 'First'])
  await page.getByRole('columnheader', { name: 'Run', exact: true }).getByRole('button').click()
  await expect(page.getByRole('columnheader', { name: 'Run', exact: true })).toHaveAttribute('aria-sort', 'ascending')
  await expect(names).toHaveText(['First', 'Longer'])
  await page
    .getByRole('columnheader', { name: /^Seed/ })
    .getByRole('button', { name: 'Seed', exact: true })
    .press('Enter')
  await page
    .getByRole('columnheader', { name: /^Seed/ })
    .getByRole('button', { name: 'Seed', exact: true })
    .press('Enter')
  await expect(names).toHaveText(['Longer', 'First'])

  await page.getByLabel('All runs').check()
  const comparison = page.getByRole('region', { name: 'Comparison of 2 runs' })
  await expect(comparison.getByRole('row', { name: /Seed 1 2/ })).toBeVisible()
  await expect(comparison.getByRole('row', { name: /Joint training 3 5/ })).toBeVisible()
  await expectAccessible(page)
  await comparison.getByRole('tab', { name: 'Curves' }).click()
  await expect(comparison.getByRole('group', { name: 'ELBO of 2 runs' })).toBeVisible()
  await expect(comparison.getByRole('list', { name: /values/ })).toContainText('Longer')
  await comparison.getByRole('tab', { name: 'Graphs' }).click()
  await expect(comparison.getByRole('img', { name: /Graph of First/ })).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('button', { name: 'First', exact: true }).click()
  await page.getByRole('tab', { name: 'How it was made' }).click()
  await expect(page.getByText('SHA-256 of the data')).toBeVisible()
  await page.keyboard.press('Control+e')
  const dialog = page.getByRole('dialog', { name: 'Export First' })
  await dialog.getByLabel('graph.dot').check()
  await expect(dialog.getByText(/lattices First$/)).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Export 5 files' }).click()
  await expect(page.getByText(/5 files written to/)).toBeVisible({ timeout: 30_000 })
  const folder = join(home, 'Documents', 'lattices First')
  await access(join(folder, 'report.html'))
  expect((await readFile(join(folder, 'clusters.csv'), 'utf8')).trim().split('\n')).toHaveLength(49)

  await page.keyboard.press('F2')
  await page.getByRole('dialog', { name: 'Rename run' }).getByLabel('Name').fill('Baseline')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Baseline', exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('button', { name: 'Baseline', exact: true })).toBeHidden()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Baseline', exact: true }).click()

  await page.getByRole('button', { name: 'Duplicate with changes' }).click()
  await expect(page.getByText('copied from Baseline')).toBeVisible()
  await expect(page.getByLabel('Joint training', { exact: true })).toHaveValue('3')
  // With the same seed it would be the same run.
  await expect(page.getByLabel('Seed', { exact: true })).not.toHaveValue('1')
  expect(app.log).toEqual([])
})

test('a failed run leads to its cause and to its settings', async ({ app, home }) => {
  const { page } = app
  await importStudy(page, home)
  await trainStudy(page, { name: 'Far too fast', learningRate: 1e12 })
  await page.keyboard.press('Control+7')
  await expect(page.getByRole('row', { name: /Far too fast/ })).toContainText('failed', { timeout: 60_000 })

  await page.getByRole('button', { name: 'Far too fast', exact: true }).click()
  const about = page.getByRole('region', { name: 'Far too fast' })
  await about.getByRole('button', { name: 'What happened' }).click()
  await expect(about.getByText(/was not a finite number at step \d+, with half the learning rate too/)).toBeVisible()
  await expect(about.getByText(/start a run with a lower training\.learningRate/)).toBeVisible()
  await expect(about.getByRole('listitem').first()).toContainText('with half the learning rate')
  await expectAccessible(page)
  await expect(about.getByRole('button', { name: 'Resume' })).toHaveCount(0)

  await about.getByRole('button', { name: 'Change its settings' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What should be looked for?')
  await expect(page.getByText(/copied from/)).toBeVisible()
  await expect(page.getByLabel('Name of node 1')).toHaveValue('Heat')

  await page.keyboard.press('Control+4')
  await expect(page.getByRole('main').getByRole('button', { name: 'Change its settings' })).toBeVisible()
  await expect(
    page
      .getByRole('main')
      .getByText(/was not a finite number at step/)
      .first(),
  ).toBeVisible()
})
