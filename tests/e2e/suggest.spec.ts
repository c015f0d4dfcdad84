import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'
import { importStudy } from './collider-study.ts'

test.setTimeout(180_000)

test('compares nodes and categories, shows what was compared, and sets the ones suggested', async ({ app, home }) => {
  const { page } = app
  await importStudy(page, home)
  await page.keyboard.press('Control+3')
  await page.getByLabel('Seed', { exact: true }).fill('1')
  // Images alone: one pre-training instead of three.
  await page.getByRole('checkbox', { name: /curves/ }).uncheck()
  await page.getByRole('button', { name: 'Suggest…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Suggest nodes and categories' })
  await expect(dialog.getByText(/It takes .*\./)).toBeVisible()
  await expectAccessible(page)
  await dialog.getByLabel('Nodes compared at most').fill('3')

  // It goes on while the dialog is closed, and can be cancelled.
  await dialog.getByRole('button', { name: 'Compare', exact: true }).click()
  await expect(dialog.getByRole('progressbar', { name: 'Comparing nodes and categories' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog.getByRole('button', { name: 'Compare', exact: true })).toBeEnabled()

  await dialog.getByRole('button', { name: 'Compare', exact: true }).click()
  await dialog.getByText('Close', { exact: true }).last().click()
  await expect(dialog).toBeHidden()
  await page.getByRole('button', { name: 'Suggest…' }).click()
  await expect(dialog.getByRole('heading', { level: 3 })).toHaveText(/clusters stand apart: .* suggested\.$/, {
    timeout: 120_000,
  })
  await expect(dialog.getByText(/^Clusters that stand apart and return in parts of the samples/)).toBeVisible()
  await expect(dialog.getByRole('group', { name: 'Held-out log likelihood by number of clusters' })).toBeVisible()
  const table = dialog.getByRole('group', { name: 'Candidates compared' })
  await expect(table.getByRole('row', { name: /^none 1 / })).toBeVisible()
  await expectAccessible(page)
  const chosen = table.getByRole('row', { name: /suggested/ })
  const nodes = (await chosen.getByRole('rowheader').innerText()).split(' × ')
  await chosen.getByRole('button', { name: /^Use / }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByLabel(/^Name of node/)).toHaveCount(nodes.length)
  for (const [i, categories] of nodes.entries())
    await expect(page.getByLabel(`Categories of N${i + 1}`)).toHaveValue(categories)
  expect(app.log).toEqual([])
})
