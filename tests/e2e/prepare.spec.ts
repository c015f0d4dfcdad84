import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'
import { writeLatticeFolder } from './lattice-folder.ts'
import { importLattice } from './lattice-project.ts'
import { setShortTraining } from './short-training.ts'

const cli = join(import.meta.dirname, '../../src-main/cli.ts')

test('prepares a measurement with a preview, trains on it, and takes another away', async ({ app, home }) => {
  test.setTimeout(180_000)
  const { page } = app
  await importLattice(page, home)
  await page.keyboard.press('Control+3')
  await page.getByRole('button', { name: 'Prepare curves…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Prepare curves' })
  const prepare = dialog.getByRole('button', { name: 'Prepare', exact: true })
  await expect(prepare).toBeDisabled()

  await dialog.getByLabel('Add a step').selectOption({ label: 'Smooth' })
  await expect(dialog.getByRole('img', { name: 's000 as prepared' })).toBeVisible()
  await dialog.getByLabel('Window, points').fill('31')
  await expect(dialog.getByText('its 12 points are fewer than the window of 31')).toBeVisible()
  await expect(prepare).toBeDisabled()
  await dialog.getByLabel('Window, points').fill('5')
  await dialog.getByLabel('Add a step').selectOption({ label: 'Standard normal variate' })
  await dialog.getByRole('button', { name: 'Step 2 earlier' }).click()
  await expect(dialog.getByText('snv|smooth(window=5,degree=2)')).toBeVisible()
  await expect(dialog.getByText('standard normal variate over')).toBeVisible()
  await dialog.getByLabel('Name of what is made').fill('images')
  await expect(dialog.getByText('This name is taken.')).toBeVisible()
  await dialog.getByLabel('Name of what is made').fill('shape')
  await expectAccessible(page)
  await expect(prepare).toBeEnabled()
  await prepare.click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('checkbox', { name: 'shape' })).toBeChecked()
  await expect(page.getByRole('checkbox', { name: 'curves' })).not.toBeChecked()
  await expect(page.getByText('from curves by snv|smooth(window=5,degree=2)')).toBeVisible()

  await setShortTraining(page)
  await page.locator('main button:has-text("Start training"):enabled').waitFor()
  await page.getByRole('button', { name: 'Start training' }).click()
  await page.keyboard.press('Control+7')
  await expect(page.getByRole('row', { name: 'Run 1' }).getByText('done')).toBeVisible({ timeout: 120_000 })

  await page.getByRole('tab', { name: 'How it was made' }).click()
  await expect(page.getByText('shape is curves after snv|smooth(window=5,degree=2).')).toBeVisible()

  await page.keyboard.press('Control+2')
  await page.getByRole('button', { name: 'Prepare images…' }).click()
  const second = page.getByRole('dialog', { name: 'Prepare images' })
  await second.getByLabel('Add a step').selectOption({ label: 'Power spectrum' })
  await expect(second.getByRole('img', { name: 's000 as prepared' })).toBeVisible()
  await second.getByRole('button', { name: 'Prepare', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'images_power_spectrum' })).toBeVisible()
  await page.getByRole('button', { name: 'Remove images_power_spectrum' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByRole('heading', { name: 'images_power_spectrum' })).toBeHidden()

  // What a run was trained on stays.
  await page.getByRole('button', { name: 'Remove shape' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByText('shape is used by run 1.')).toBeVisible()
})

test('prepares a measurement while it is imported', async ({ app, home }) => {
  const { page } = app
  const { folder } = await writeLatticeFolder(home)
  await page.keyboard.press('Control+i')
  await page.getByLabel('Path').fill(folder)
  await page.getByLabel('Path').press('Enter')
  await page.getByRole('button', { name: 'Use this folder' }).click()
  const confirm = page.getByRole('button', { name: /^Import \d/ })
  await expect(confirm).toBeEnabled({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Prepare images…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Prepare images' })
  await dialog.getByLabel('Add a step').selectOption({ label: 'Radial spectrum' })
  await expect(dialog.getByRole('img', { name: 's000 as prepared' })).toBeVisible({ timeout: 30_000 })
  await dialog.getByLabel('Name of what is made').fill('spectrum')
  await dialog.getByRole('button', { name: 'Prepare', exact: true }).click()
  await expect(page.getByRole('img', { name: 'spectrum of s000' })).toBeVisible({ timeout: 30_000 })
  await expectAccessible(page)
  await expect(confirm).toBeEnabled({ timeout: 30_000 })
  await confirm.click()
  await expect(page.getByText('from images by radial-spectrum(scale=log,taper=hann)')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('button', { name: 'Remove spectrum' })).toBeVisible()
})

test('shows what an import made by itself of images, used beside them', async ({ app, home }) => {
  test.setTimeout(180_000)
  const { page } = app
  const folder = join(home, 'stripes')
  await promisify(execFile)(process.execPath, [cli, 'synth', 'stripes-peak', '--out', folder, '--samples', '700'])
  await page.keyboard.press('Control+i')
  await page.getByLabel('Path').fill(folder)
  await page.getByLabel('Path').press('Enter')
  await page.getByRole('button', { name: 'Use this folder' }).click()
  const confirm = page.getByRole('button', { name: /^Import \d/ })
  await expect(confirm).toBeEnabled({ timeout: 60_000 })
  await confirm.click()
  const why =
    /^from images by orientation-spectrum.*; made by itself: its samples fall into \d clusters that stand apart/
  await expect(page.getByText(why)).toBeVisible({ timeout: 120_000 })

  await page.keyboard.press('Control+3')
  for (const name of ['images', 'curves', 'images_orientation_gaps'])
    await expect(page.getByRole('checkbox', { name, exact: true })).toBeChecked()
  await expect(page.getByText(why)).toBeVisible()
  await expectAccessible(page)
})
