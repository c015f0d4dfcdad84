/** A laboratory's spectra and its workbook of chemistry in the window, from the files to what is exported. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { carbon, hardness, ids, routes, samples, writeSpectraLab } from '../integration/cli/spectra-lab.ts'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'
import { setShortTraining } from './short-training.ts'

const recipe = 'baseline(method=als,lambda=10000,p=0.01,iterations=10)|snv|derivative(window=7,degree=2,order=1)'

test('reads spectra and chemistry, prepares, trains, shows what was found and exports it', async ({ app, home }) => {
  test.setTimeout(240_000)
  const { page } = app
  await writeSpectraLab(home)

  await test.step('imports the folder', async () => {
    await page.keyboard.press('Control+i')
    await page.getByLabel('Path').fill(join(home, 'lab'))
    await page.getByLabel('Path').press('Enter')
    await page.getByRole('button', { name: 'Use this folder' }).click()
    const confirm = page.getByRole('button', { name: `Import ${samples} samples` })
    await expect(confirm).toBeEnabled({ timeout: 60_000 })
    await expect(page.getByText('ftir by file name, chemistry.xlsx by column Sample')).toBeVisible()
    await expectAccessible(page)
    await confirm.click()
    await expect(page.getByRole('contentinfo')).toContainText(`${samples} samples`, { timeout: 60_000 })
  })

  await test.step('prepares them by baseline, standard normal variate and derivative', async () => {
    await page.keyboard.press('Control+3')
    await page.getByRole('button', { name: 'Prepare ftir…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Prepare ftir' })
    for (const step of ['Baseline', 'Standard normal variate', 'Derivative'])
      await dialog.getByLabel('Add a step').selectOption({ label: step })
    await dialog.getByLabel('Stiffness').fill('10000')
    await dialog.getByLabel('Window, points').fill('7')
    await expect(dialog.getByText(recipe)).toBeVisible()
    await expect(dialog.getByRole('img', { name: `${ids[0]!} as prepared` })).toBeVisible({ timeout: 30_000 })
    await dialog.getByLabel('Name of what is made').fill('shape')
    await dialog.getByRole('button', { name: 'Prepare', exact: true }).click()
    await expect(dialog).toBeHidden({ timeout: 30_000 })
    await expect(page.getByRole('checkbox', { name: 'shape' })).toBeChecked()
  })

  await test.step('trains a few epochs', async () => {
    await setShortTraining(page)
    await page.locator('main button:has-text("Start training"):enabled').waitFor()
    await page.getByRole('button', { name: 'Start training' }).click()
    await page.keyboard.press('Control+7')
    await expect(page.getByRole('row', { name: 'Run 1' }).getByText('done')).toBeVisible({ timeout: 120_000 })
    await page.getByRole('tab', { name: 'How it was made' }).click()
    await expect(page.getByText(`shape is ftir after ${recipe}.`)).toBeVisible()
  })

  await test.step('exports the finding with the chemistry', async () => {
    await page.keyboard.press('Control+e')
    const dialog = page.getByRole('dialog', { name: 'Export Run 1' })
    await dialog.getByRole('button', { name: /^Export \d files$/ }).click()
    await expect(page.getByText(/files written to/)).toBeVisible({ timeout: 30_000 })
    const out = join(home, 'Documents', 'lab Run 1')
    expect(await readFile(join(out, 'report.html'), 'utf8')).toContain(`from ftir: <code>${recipe}</code>`)
    const text = await readFile(join(out, 'clusters.csv'), 'utf8')
    const rows = parse<Record<string, string>>(text, { columns: true, bom: true })
    expect(rows.map((row) => row.id)).toEqual(ids)
    expect(rows.map((row) => row.Route)).toEqual(routes)
    expect(rows.map((row) => Number(row['C (wt%)']))).toEqual(carbon)
    expect(rows.map((row) => row['Hardness (HV)'])).toEqual(hardness.map((value) => String(value ?? '')))
  })
  expect(app.log).toEqual([])
})
