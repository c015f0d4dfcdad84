/**
 * With the habits of programs for causal search in tables: a table is opened, its columns are the nodes, what is known is
 * said, a query is asked of the graph, and the finding is written.
 */
import { access, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'
import { parts } from './collider-study.ts'

test.setTimeout(150_000)

test('from one table to an exported finding: columns as nodes, knowledge, a query', async ({ app, home }) => {
  const { page } = app
  const rows = parts(400).map(({ id, heat, load, dense }) =>
    [id, heat === 1 ? 'hot' : 'cold', load === 1 ? 'high' : 'low', dense === 1 ? 'dense' : 'porous'].join(','),
  )
  await writeFile(join(home, 'press.csv'), ['id,heat,load,density', ...rows].join('\n'))
  const title = page.getByRole('heading', { level: 1 })

  await page.getByRole('button', { name: 'Open a file…' }).click()
  const files = page.getByRole('dialog', { name: 'Open a data file' })
  await files.getByLabel('Path').fill(join(home, 'press.csv'))
  await files.getByLabel('Path').press('Enter')
  const confirm = page.getByRole('button', { name: 'Import 400 samples' })
  await expect(confirm).toBeEnabled()
  await confirm.click()
  await expect(title).toContainText('400 samples in')
  await expect(page.getByRole('button', { name: /^Sample p000/ })).toContainText('heat')
  await expectAccessible(page)

  await page.keyboard.press('Control+3')
  await page.getByRole('button', { name: 'Use all columns as nodes' }).click()
  await expect(page.getByLabel('Name of node 3')).toHaveValue('density')
  await page.getByText('What is known already').click()
  await page.getByLabel('Tier of heat').selectOption({ label: 'tier 1' })
  await page.getByLabel('Tier of load').selectOption({ label: 'tier 1' })
  await page.getByLabel('Tier of density').selectOption({ label: 'tier 2' })
  await expect(page.getByRole('button', { name: 'Start training' })).toBeEnabled()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Start training' }).click()
  await expect(title).toHaveText(/ is done/, { timeout: 120_000 })

  await page.keyboard.press('Control+5')
  await expect(page.getByRole('button', { name: /^Node density/ })).toBeVisible()
  await page.getByRole('main').getByRole('button', { name: 'What if…', exact: true }).first().click()
  const questions = page.getByRole('region', { name: 'Questions to the graph' })
  await questions.getByText('Ask the graph').click()
  await questions
    .getByRole('group', { name: 'Set of heat' })
    .getByRole('radio', { name: 'From' })
    .check({ force: true })
  await questions
    .getByRole('group', { name: 'Set of density' })
    .getByRole('radio', { name: 'To' })
    .check({ force: true })
  await expect(questions.getByRole('region', { name: 'Answer' }).getByRole('status')).toContainText('heat')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Back to the graph' }).click()

  await page.keyboard.press('Control+e')
  const dialog = page.getByRole('dialog', { name: 'Export the graph' })
  await dialog.getByLabel(/DOT/).check()
  await dialog.getByRole('button', { name: 'Choose a folder…' }).click()
  await page.getByRole('button', { name: 'Use this folder' }).click()
  await expect(page.getByText(/files written to/)).toBeVisible({ timeout: 30_000 })
  await access(join(home, 'Documents', 'graph.svg'))
  expect(await readFile(join(home, 'Documents', 'graph.dot'), 'utf8')).toContain('density')
  expect(app.log).toEqual([])
})
