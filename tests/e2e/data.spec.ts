/** The data view: what is known of each sample, by name; a table in any order, of those that are wanted; columns in figures. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'
import { writeLatticeFolder } from './lattice-folder.ts'
import { importFolder } from './lattice-project.ts'

test('tells metadata by name, sorts and filters, and gives figures of columns', async ({ app, home }) => {
  const { page } = app
  const { folder } = await writeLatticeFolder(home)
  const masses = Array.from({ length: 48 }, (_, i) => `s${String(i).padStart(3, '0')},${100 + ((i * 5) % 48) / 2}`)
  await writeFile(join(folder, 'mass.csv'), ['id,mass', ...masses].join('\n'))
  await importFolder(page, home, folder, '48 samples')

  const card = page.getByRole('button', { name: /^Sample s000/ })
  await expect(card).toContainText(/plate\s*A/)
  await expect(card).toContainText(/strut\s*thin/)
  await expect(card).toContainText(/mass\s*100/)
  // A measured curve has one colour wherever it is drawn.
  const stroke = (within: string): Promise<string> =>
    page
      .locator(`${within} path`)
      .last()
      .evaluate((line) => getComputedStyle(line).stroke)
  expect(await stroke('svg[aria-label^="curves of s001"]')).toBe(await stroke('svg[aria-label^="curves: median"]'))
  const figures = page.getByLabel('Statistics of mass')
  await expect(figures).toContainText(/least\s*100/)
  await expect(figures).toContainText(/median\s*111\.8/)

  await page.getByText('Table', { exact: true }).click()
  const rows = page.getByRole('table', { name: 'Samples' }).locator('tbody tr')
  const mass = page.getByRole('columnheader', { name: 'mass' })
  await mass.getByRole('button').click()
  await expect(mass).toHaveAttribute('aria-sort', 'ascending')
  await expect(rows.first()).toContainText('s000')
  await mass.getByRole('button').press('Enter')
  await expect(rows.first()).toContainText('123.5')
  await expectAccessible(page)

  const main = page.getByRole('main')
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  const filters = page.getByRole('group', { name: 'Filter by metadata' })
  await filters.getByLabel('strut').selectOption('thin')
  await expect(main.getByText('16 of 48 samples')).toBeVisible()
  await filters.getByLabel('mass, at most').fill('99')
  await expect(page.getByText('None is such that strut is thin and mass is at most 99.')).toBeVisible()
  await expectAccessible(page)
  await filters.getByLabel('mass, at most').fill('102')
  await expect(rows).toHaveCount(2)
  await page
    .getByRole('button', { name: /^s\d+$/ })
    .first()
    .click()
  const sample = page.getByRole('dialog', { name: /^Sample s/ })
  for (const column of ['plate', 'strut', 'mass'])
    await expect(sample.getByRole('term').filter({ hasText: column })).toBeInViewport()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await filters.getByRole('button', { name: 'Clear the filters' }).click()
  await expect(rows).toHaveCount(48)
  expect(app.log).toEqual([])
})
