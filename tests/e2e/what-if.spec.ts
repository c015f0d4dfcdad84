import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'
import { importStudy, trainStudy, untilDone } from './collider-study.ts'

test.setTimeout(240_000)

test('asks what if, by keyboard: before, seen and set side by side, and what one sample would have been', async ({
  app,
  home,
}) => {
  const { page } = app
  await importStudy(page, home)
  await trainStudy(page, { name: 'First' })
  await untilDone(page, 'First')

  await page.keyboard.press('Control+5')
  await page.getByRole('button', { name: /^Node Density/ }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Alt+4')
  const panel = page.getByRole('region', { name: 'Questions to the graph' })
  await expect(panel.getByText('No replicate has tested yet')).toBeVisible({ timeout: 60_000 })
  for (const world of ['As they are', /^Among those seen with Density = /, /^If Density = .* were set$/])
    await expect(panel.getByRole('region', { name: world }).getByText('images')).toBeVisible()
  await expect(panel.getByRole('status').filter({ hasText: 'is set' })).toContainText(/Heat = .* before/)
  await expectAccessible(page)

  // Another node, then two at once.
  const node = panel.getByLabel('Node that is set')
  await node.selectOption('Heat')
  await expect(panel.getByRole('region', { name: /^If Heat = .* were set$/ })).toBeVisible()
  await panel.getByRole('button', { name: 'Set another node' }).press('Enter')
  await expect(panel.getByRole('region', { name: /^If Heat = .*, .* were set$/ })).toBeVisible()

  await panel.getByRole('button', { name: 'Keep for the report' }).press('Enter')
  await expect(panel.getByText('Kept', { exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Undo: Keep what if Heat = / })).toBeVisible()

  await page.keyboard.press('Alt+5')
  await expect(panel.getByRole('heading', { name: 'Graphs that fit the data as well' })).toBeVisible()
  await panel.getByRole('group', { name: 'Set of Heat' }).getByRole('radio', { name: 'From' }).check({ force: true })
  await panel.getByRole('group', { name: 'Set of Load' }).getByRole('radio', { name: 'To' }).check({ force: true })
  await panel
    .getByRole('group', { name: 'Set of Density' })
    .getByRole('radio', { name: 'Given' })
    .check({ force: true })
  await expect(panel.getByText(/Heat and Load independent given Density/)).toBeVisible()
  await expect(panel.getByText('Heat → Density ← Load', { exact: true })).toBeVisible()
  await expectAccessible(page)
  await panel.getByRole('button', { name: 'Back to the graph' }).click()
  await expect(page.getByRole('region', { name: 'Inspector' })).toBeVisible()

  await page.keyboard.press('Control+6')
  await page.getByLabel('Find a sample by its id').fill('p003')
  await page.keyboard.press('Enter')
  const details = page.getByRole('region', { name: 'Details' })
  await expect(details.getByRole('heading', { name: 'p003' })).toBeVisible()
  await details.getByLabel('Rebuilt from').selectOption('curves alone')
  await expect(details.getByText('10 draws: what curves leaves open differs between them.')).toBeVisible()
  await details.getByRole('button', { name: 'Ask', exact: true }).press('Enter')
  await expect(details.getByText(/^Had .* been set, it would have /)).toBeVisible()
  await expect(details.getByText(/Gumbel-max mechanism/)).toBeVisible()
  await expectAccessible(page)

  // Samples that are in no data set: their curves alone.
  const header = Array.from({ length: 10 }, (_, j) => `force@${j}`)
  const curve = (slope: number): number[] => header.map((_, j) => slope * j)
  const rows = [
    ['id', ...header],
    ['new1', ...curve(1)],
    ['new2', ...curve(4)],
  ]
  await writeFile(join(home, 'new.csv'), rows.map((row) => row.join(',')).join('\n'))
  await page.getByRole('button', { name: 'New samples…' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('checkbox', { name: 'curves' }).check()
  await dialog.getByRole('checkbox', { name: 'images' }).uncheck()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Choose a file…' }).press('Enter')
  const files = page.getByRole('dialog', { name: 'Choose new samples of curves' })
  await files.getByLabel('Path').fill(join(home, 'new.csv'))
  await files.getByLabel('Path').press('Enter')
  for (const id of ['new1', 'new2']) {
    const told = dialog.getByRole('region', { name: `Sample ${id}` })
    await expect(told.getByText('10 draws: what curves leaves open differs between them.')).toBeVisible()
    await expect(told.getByRole('definition').first()).toContainText('%')
  }
  await expect(dialog.getByText(/new\.csv: 2 samples\./)).toBeVisible()
  await expectAccessible(page)

  // What cannot be told from them is said.
  await dialog.getByRole('checkbox', { name: 'images' }).check()
  await dialog.getByRole('checkbox', { name: 'curves' }).uncheck()
  await dialog.getByRole('button', { name: 'Choose a file…' }).press('Enter')
  await page
    .getByRole('dialog', { name: 'Choose new samples of images' })
    .getByLabel('Path')
    .fill(join(home, 'new.csv'))
  await page.getByRole('dialog', { name: 'Choose new samples of images' }).getByLabel('Path').press('Enter')
  await expect(dialog.getByText(/has no images \(image\) to tell the others from/)).toBeVisible()
  expect(app.log).toEqual([])
})
