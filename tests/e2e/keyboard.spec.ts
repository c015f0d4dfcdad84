/** The keyboard alone, from nothing to an exported finding: no pointer, no focus that a script sets. */
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './app.ts'
import { enterInto, tabTo } from './by-keyboard.ts'
import { samples, writeLatticeFolder } from './lattice-folder.ts'

test.setTimeout(300_000)

test('imports, sets up, trains, reads the graph, names a node and exports, without a pointer', async ({
  app,
  home,
}) => {
  const { page } = app
  await writeLatticeFolder(home)
  const title = page.getByRole('heading', { level: 1 })

  await page.keyboard.press('Control+i')
  await expect(page.getByRole('listbox', { name: 'Files and folders' })).toBeFocused()
  await page.keyboard.type('lattice')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Path')).toHaveValue(/lattice$/)
  await tabTo(page, page.getByRole('button', { name: 'Use this folder' }))
  await page.keyboard.press('Enter')
  await expect(title).toHaveText(`${samples - 3} samples paired`)
  const confirm = page.getByRole('button', { name: `Import ${samples} samples` })
  await expect(confirm).toBeEnabled()
  await tabTo(page, confirm)
  await page.keyboard.press('Enter')
  await expect(title).toContainText(`${samples} samples in`)

  await page.keyboard.press('Control+3')
  await enterInto(page, page.getByLabel('Joint training', { exact: true }), '3')
  await expect(page.getByRole('button', { name: 'Start training' })).toBeEnabled()
  await page.keyboard.press('Control+Enter')
  await expect(title).toHaveText(/ is done/, { timeout: 200_000 })

  // The curves in words, and their values by the arrow keys.
  const chart = page.getByRole('group', { name: 'ELBO by epoch' })
  await expect(chart).toHaveAccessibleDescription(/^ELBO: from .* to .*; highest .* at \d+, lowest .* at \d+\./)
  await tabTo(page, chart)
  await page.keyboard.press('Home')
  await expect(page.getByRole('list', { name: 'ELBO by epoch: values' })).toContainText('epoch 1')

  await page.keyboard.press('Control+5')
  const node = page.getByRole('button', { name: /^Node N1/ })
  await tabTo(page, node)
  await page.keyboard.press('Enter')
  await page.keyboard.press('F2')
  // The dialog begins in the field that it is for, its text ready to be replaced.
  const name = page.getByRole('dialog').getByLabel('Name of the node')
  await expect(name).toBeFocused()
  await page.keyboard.type('Strut')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /^Node Strut/ })).toBeFocused()
  await page.keyboard.press('Escape')

  await page.keyboard.press('Control+7')
  await expect(title).toHaveText('1 run')
  await expect(page.getByRole('main').getByRole('button', { name: 'Export…' })).toBeEnabled()
  await page.keyboard.press('Control+e')
  const dialog = page.getByRole('dialog', { name: /^Export/ })
  const write = dialog.getByRole('button', { name: /^Export \d+ files$/ })
  await tabTo(page, write)
  await page.keyboard.press('Enter')
  await expect(page.getByText(/files written to/)).toBeVisible({ timeout: 30_000 })
  const folder = /written to (.*?)\.?$/.exec(await page.getByText(/files written to/).innerText())?.[1] ?? ''
  await access(join(folder, 'report.html'))
  expect(app.log).toEqual([])
})
