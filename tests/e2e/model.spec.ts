import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'
import { importLattice } from './lattice-project.ts'

test('sets nodes and anchors, checked while they are typed', async ({ app, home }) => {
  const { page } = app
  await importLattice(page, home)
  await page.keyboard.press('Control+3')
  const start = page.getByRole('button', { name: 'Start training' })
  await expect(start).toBeEnabled()
  await expect(page.getByText('8 joint outcomes')).toBeVisible()

  await page.getByLabel('Anchor of N1').selectOption({ label: 'strut (3 values)' })
  await expect(page.getByLabel('Name of node 1')).toHaveValue('strut')
  await expect(page.getByLabel('Categories of strut')).toHaveValue('3')
  await expect(page.getByLabel('Categories of strut')).toBeDisabled()
  await expect(page.getByText('12 joint outcomes')).toBeVisible()

  await page.getByLabel('Categories of N2').fill('1')
  await expect(page.getByText('Must be at least 2; it is 1.', { exact: true })).toBeVisible()
  await expect(start).toBeDisabled()
  await expectAccessible(page)
  await page.getByLabel('Categories of N2').fill('2')
  await page.getByLabel('Name of node 2').fill('strut')
  await expect(page.getByText('Two nodes are called "strut".').first()).toBeVisible()
  await page.getByRole('button', { name: 'Remove N3' }).click()
  await page.getByLabel('Name of node 2').fill('plate')
  await expect(start).toBeEnabled()
  await expect(page.getByText('6 joint outcomes')).toBeVisible()

  await page.getByText(/^Advanced/).click()
  await page.getByLabel('Learning rate', { exact: true }).fill('0')
  await expect(page.getByText('Must be more than 0; it is 0.', { exact: true })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Defaults' }).click()
  await expect(page.getByLabel('Name of node 3')).toHaveValue('N3')
  expect(app.log).toEqual([])
})

test('takes all columns as nodes, and trains several seeds one after another', async ({ app, home }) => {
  const { page } = app
  await importLattice(page, home)
  await page.keyboard.press('Control+3')
  await page.getByRole('button', { name: 'Use all columns as nodes' }).click()
  await expect(page.getByLabel('Name of node 1')).toHaveValue('plate')
  await expect(page.getByLabel('Name of node 2')).toHaveValue('strut')
  await expect(page.getByText('6 joint outcomes')).toBeVisible()

  await page.getByLabel('Seed', { exact: true }).fill('40')
  await page.getByLabel('Seed', { exact: true }).press('Tab')
  await page.getByLabel('Trainings in a row').fill('3')
  await expect(page.getByText('Seeds 40 to 42, one after another')).toBeVisible()
  await page.getByLabel('Name of the run').fill('Sweep')
  await page.getByRole('button', { name: 'Start 3 trainings' }).click()
  await expect(page.getByText('Next in the queue:')).toBeVisible()
  for (const seed of [41, 42])
    await page.getByRole('button', { name: `Take Sweep, seed ${seed} out of the queue` }).click()
  await expect(page.getByText('Next in the queue:')).toBeHidden()
  await page.keyboard.press('Control+7')
  await expect(page.getByRole('button', { name: 'Sweep, seed 40', exact: true })).toBeVisible()
})

test('keeps what was set while other views are shown', async ({ app, home }) => {
  const { page } = app
  await importLattice(page, home)
  await page.keyboard.press('Control+3')
  await page.getByLabel('Name of node 1').fill('Topology')
  await page.keyboard.press('Control+2')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('samples in')
  await page.keyboard.press('Control+3')
  await expect(page.getByLabel('Name of node 1')).toHaveValue('Topology')
})
