/**
 * With the habits of those who watch trainings and walk through embeddings: a folder is opened, two seeds are trained while
 * their curves are looked at, the samples are gone through by lasso and by what lies nearest, and the finding is written.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'
import { samples, writeLatticeFolder } from './lattice-folder.ts'
import { setShortTraining } from './short-training.ts'

test.setTimeout(240_000)

test('from a folder to an exported finding: two seeds watched and overlaid, samples by lasso and by nearness', async ({
  app,
  home,
}) => {
  const { page } = app
  const { folder } = await writeLatticeFolder(home)
  const title = page.getByRole('heading', { level: 1 })

  await page.getByRole('button', { name: 'Open a folder of data…' }).click()
  const files = page.getByRole('dialog', { name: 'Open a folder of data' })
  await files.getByLabel('Path').fill(folder)
  await files.getByLabel('Path').press('Enter')
  await files.getByRole('button', { name: 'Use this folder' }).click()
  const confirm = page.getByRole('button', { name: `Import ${samples} samples` })
  await expect(confirm).toBeEnabled()
  await confirm.click()
  await expect(title).toContainText(`${samples} samples in`)

  await page.keyboard.press('Control+3')
  await setShortTraining(page)
  await page.getByLabel('Pre-training', { exact: true }).fill('60')
  await page.getByLabel('Joint training', { exact: true }).fill('6')
  await page.getByLabel('Seed', { exact: true }).fill('10')
  await page.getByLabel('Trainings in a row').fill('2')
  await page.getByLabel('Name of the run').fill('Watched')
  await page.getByRole('button', { name: 'Start 2 trainings' }).click()

  // The curve, as soon as there is one: smoothed, by orders of magnitude, a part of it, and all again.
  const chart = page.getByRole('group', { name: 'ELBO by epoch' })
  await expect(chart).toBeVisible({ timeout: 60_000 })
  await expect(chart).toHaveAccessibleDescription(/^ELBO: /)
  await page.getByLabel('Smoothing').first().selectOption('smoothed much')
  await page.getByLabel('orders of magnitude').first().check()
  await expect(title).toHaveText('Watched, seed 10 is done', { timeout: 120_000 })
  const box = (await chart.boundingBox())!
  await page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.8, box.y + box.height / 2, { steps: 4 })
  await page.mouse.up()
  const all = page.getByRole('button', { name: 'All epochs' })
  await expect(all).toBeVisible()
  await expectAccessible(page)
  await all.click()
  await expect(all).toBeHidden()
  await page.getByLabel('orders of magnitude').first().uncheck()

  // Both seeds over each other; so few samples have no validation part to begin with.
  await page.keyboard.press('Control+7')
  const rows = page.getByRole('row').filter({ hasText: 'Watched, seed' })
  await expect(rows.filter({ hasText: 'done' })).toHaveCount(2, { timeout: 90_000 })
  await page.getByLabel('All runs').check()
  const comparison = page.getByRole('region', { name: 'Comparison of 2 runs' })
  await comparison.getByRole('tab', { name: 'Curves' }).click()
  await expect(comparison.getByRole('group', { name: 'ELBO of 2 runs' })).toBeVisible()
  const values = comparison.getByRole('list', { name: 'ELBO of 2 runs: values' })
  for (const seed of [10, 11]) await expect(values).toContainText(`Watched, seed ${seed}`)
  await comparison.getByRole('radio', { name: 'Validation' }).check({ force: true })
  await expect(comparison.getByRole('group', { name: 'Validation ELBO of 2 runs' })).toBeVisible()

  // The samples: a part by lasso, one of them, and what was measured nearest to what the model draws on from there.
  await page.getByRole('button', { name: 'Watched, seed 10', exact: true }).click()
  await page.keyboard.press('Control+6')
  await expect(title).toContainText(`of ${samples} samples`)
  const plot = page.getByRole('group', { name: /samples in the plane/ })
  await page.getByRole('radio', { name: 'Lasso' }).check({ force: true })
  const plane = (await plot.boundingBox())!
  const at = (x: number, y: number) => [plane.x + plane.width * x, plane.y + plane.height * y] as const
  await page.mouse.move(...at(0.01, 0.01))
  await page.mouse.down()
  for (const corner of [at(0.99, 0.01), at(0.99, 0.99), at(0.01, 0.99)]) await page.mouse.move(...corner, { steps: 4 })
  await page.mouse.up()
  const details = page.getByRole('region', { name: 'Details' })
  await expect(details.getByText(`${samples} samples`, { exact: true })).toBeVisible()
  await details.getByRole('list', { name: 'Selected samples' }).getByRole('button').first().click()
  await expect(details.getByRole('heading', { name: /^s\d{3}$/ })).toBeVisible()
  await details.getByRole('button', { name: 'Walk through the latent space from here' }).click()
  await expect(details.getByRole('img', { name: /^images decoded/ })).not.toHaveCount(0, { timeout: 30_000 })
  const nearest = details.getByRole('list', { name: /nearest to those decoded, images/ }).getByRole('button')
  await expect(nearest).not.toHaveCount(0)
  const id = (await nearest.last().innerText()).trim()
  await nearest.last().click()
  await expect(details.getByRole('heading', { name: id })).toBeVisible()
  await page.getByLabel('Colour by').selectOption('Metadata: strut')
  await expect(page.getByRole('group', { name: 'coloured by Metadata: strut' })).toBeVisible()
  await expectAccessible(page)

  await page.keyboard.press('Control+7')
  await page.getByRole('button', { name: 'Watched, seed 10', exact: true }).click()
  await page.keyboard.press('Control+e')
  const dialog = page.getByRole('dialog', { name: 'Export Watched, seed 10' })
  await dialog.getByLabel('finding.txt').check()
  await dialog.getByRole('button', { name: /^Export \d+ files$/ }).click()
  const written = page.getByText(/files written to/)
  await expect(written).toBeVisible({ timeout: 30_000 })
  const out = /written to (.*?)\.?$/.exec(await written.innerText())?.[1] ?? ''
  expect(await readFile(join(out, 'finding.txt'), 'utf8')).toMatch(/^Provisional: this training/)
  expect(app.log).toEqual([])
})
