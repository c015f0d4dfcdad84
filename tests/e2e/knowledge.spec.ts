import { writeSynthetic } from '../../src-main/datasets/synthetic/write.ts'
import { join } from 'node:path'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'
import { importFolder, startRun } from './lattice-project.ts'

test.setTimeout(120_000)

const cell = (from: string, to: string, rule: string): string => `${from} → ${to}: ${rule}`

test('an edge is forbidden by keyboard, and the graph changes', async ({ app, home }) => {
  const { page } = app
  const { folder } = await writeSynthetic('interventions', { out: join(home, 'chain'), seed: 1, samples: 400 })
  const dataset = await importFolder(page, home, folder, '400 samples')
  const nodes = ['first', 'second', 'third'].map((name) => ({ name, categories: 2, anchor: name }))
  await startRun(page, dataset, { seed: 1, name: 'free', nodes })
  await page.keyboard.press('Control+7')
  await expect(page.getByRole('row').filter({ hasText: 'free' })).toContainText('done', { timeout: 60_000 })

  await page.getByRole('row').filter({ hasText: 'free' }).click()
  await page.getByRole('button', { name: 'Duplicate with changes' }).first().press('Enter')
  await page.getByText('What is known already').press('Enter')
  const edges = page.getByRole('table', { name: 'Edges' })
  await edges.getByRole('button', { name: cell('first', 'second', 'free') }).press('Enter')
  await expect(edges.getByRole('button', { name: cell('first', 'second', 'forbidden') })).toBeFocused()
  // From the row's first cell to the right: over the diagonal and back into the column below.
  await page.keyboard.press('ArrowRight')
  await expect(edges.getByRole('button', { name: cell('first', 'third', 'free') })).toBeFocused()
  await edges.getByRole('button', { name: cell('second', 'first', 'free') }).press('Enter')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(edges.getByRole('button', { name: cell('second', 'first', 'forbidden') })).toBeFocused()
  await page.getByLabel('Tier of third').selectOption({ label: 'tier 1' })
  await page.getByLabel('Tier of second').selectOption({ label: 'tier 2' })
  await edges.getByRole('button', { name: cell('second', 'third', 'free') }).press('Enter')
  await page.keyboard.press('Enter')
  await expect(
    page.getByText('second → third is required, but second is in tier 2, after third in tier 1.').first(),
  ).toBeVisible()
  await expect(page.getByRole('button', { name: 'Start training' })).toBeDisabled()
  await expectAccessible(page)
  await page.getByLabel('Tier of third').selectOption({ label: 'no tier' })
  await page.getByLabel('Column that names the node which was set').selectOption({ label: 'set' })

  // What is known follows a node that is called otherwise.
  await page.getByLabel('Name of node 3').fill('effect')
  await expect(edges.getByRole('button', { name: cell('second', 'effect', 'required') })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Start training' })).toBeEnabled()
  await page.getByRole('button', { name: 'Start training' }).press('Enter')
  await page.keyboard.press('Control+7')
  await expect(page.getByRole('row').filter({ hasText: 'free again' })).toContainText('done', { timeout: 60_000 })
  await page.keyboard.press('Control+5')
  await expect(
    page
      .getByText(
        /Given: required second → effect; forbidden first → second and second → first; .*set says what was set/,
      )
      .first(),
  ).toBeVisible()
  expect(app.log).toEqual([])
})
