import { writeFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { writeSynthetic } from '../../src-main/datasets/synthetic/write.ts'
import { join } from 'node:path'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'
import { importFolder, startRun } from './lattice-project.ts'

test.setTimeout(120_000)

const cell = (from: string, to: string, rule: string): string => `${from} → ${to}: ${rule}`

/** The view of runs, with a finished one of a chain of three columns. */
async function finishedChain(page: Page, home: string): Promise<void> {
  const { folder } = await writeSynthetic('interventions', { out: join(home, 'chain'), seed: 1, samples: 400 })
  const dataset = await importFolder(page, home, folder, '400 samples')
  const nodes = ['first', 'second', 'third'].map((name) => ({ name, categories: 2, anchor: name }))
  await startRun(page, dataset, { seed: 1, name: 'free', nodes })
  await page.keyboard.press('Control+7')
  await expect(page.getByRole('row').filter({ hasText: 'free' })).toContainText('done', { timeout: 60_000 })
}

test('an edge is forbidden by keyboard, and the graph changes', async ({ app, home }) => {
  const { page } = app
  await finishedChain(page, home)

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

test('tiers are dragged, and what is known is told to a finished run', async ({ app, home }) => {
  const { page } = app
  await finishedChain(page, home)

  // Told from a file: of three graphs one is left.
  await page.keyboard.press('Control+5')
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText('Given')
  await page.getByRole('button', { name: 'Known…' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('Nothing is given so far.')).toBeVisible()
  await expectAccessible(page)
  await writeFile(join(home, 'known.json'), JSON.stringify({ required: [['first', 'second']] }))
  await dialog.getByRole('button', { name: 'Choose a file…' }).press('Enter')
  const files = page.getByRole('dialog', { name: 'Choose what is known' })
  await files.getByLabel('Path').fill(join(home, 'known.json'))
  await files.getByLabel('Path').press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Given: required first → second.')
  await expect(page.getByText('of the 3 graphs that fit these samples as well, 1 agrees with it')).toBeVisible()
  await page.keyboard.press('Alt+5')
  const panel = page.getByRole('region', { name: 'Questions to the graph' })
  await expect(panel.getByText('first → second, second → third')).toBeVisible()
  await page.getByRole('button', { name: /^Undo: Apply what is known: required first → second/ }).press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText('Given')
  await expect(panel.getByText('second → first, third → second')).toBeVisible()

  // What no graph of the run agrees with is refused in words.
  const meet = [
    ['first', 'second'],
    ['third', 'second'],
  ]
  await writeFile(join(home, 'meet.json'), JSON.stringify({ required: meet }))
  await page.getByRole('button', { name: 'Known…' }).press('Enter')
  await dialog.getByRole('button', { name: 'Choose a file…' }).press('Enter')
  await files.getByLabel('Path').fill(join(home, 'meet.json'))
  await files.getByLabel('Path').press('Enter')
  await expect(page.getByText(/second would be a common effect of third and first/).first()).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText('Given')

  // As the Model view has it, where tiers are dragged.
  await page.keyboard.press('Control+7')
  await page.getByRole('row').filter({ hasText: 'free' }).click()
  await page.getByRole('button', { name: 'Duplicate with changes' }).first().press('Enter')
  await page.getByText('What is known already', { exact: true }).press('Enter')
  const tier = (name: string) => page.getByRole('group', { name, exact: true })
  const drag = async (node: string, from: string, to: string): Promise<void> => {
    const chip = tier(from).getByRole('listitem').filter({ hasText: node })
    await chip.dragTo(tier(to), { sourcePosition: { x: 8, y: 8 } })
    await expect(tier(to).getByRole('listitem').filter({ hasText: node })).toBeVisible()
  }
  await drag('third', 'Nodes in no tier', 'Tier 1')
  await drag('second', 'Nodes in no tier', 'Tier 2')
  await drag('first', 'Nodes in no tier', 'Tier 2')
  await drag('first', 'Tier 2', 'Nodes in no tier')
  await expect(page.getByLabel('Tier of second').locator('option:checked')).toHaveText('tier 2')
  await page.keyboard.press('Control+5')
  await page.getByRole('button', { name: 'Known…' }).press('Enter')
  await expect(dialog.getByText('In the Model view: third before second.')).toBeVisible()
  await dialog.getByRole('button', { name: 'As in the Model view' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Given: third before second.')
  await page.getByRole('button', { name: 'Known…' }).press('Enter')
  await dialog.getByRole('button', { name: 'Forget what was told since' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText('Given')
})

test('what is known is written beside the graph of a finished run', async ({ app, home }) => {
  const { page } = app
  await finishedChain(page, home)
  await page.keyboard.press('Control+5')
  const dialog = page.getByRole('dialog', { name: 'What is known already' })
  const edges = dialog.getByRole('table', { name: 'Edges' })
  const apply = dialog.getByRole('button', { name: 'Apply' })
  const open = () => page.getByRole('button', { name: 'Known…' }).press('Enter')

  // By keyboard alone: the matrix has the focus, and a circle is named while it is there.
  await open()
  await expect(edges.getByRole('button', { name: cell('first', 'second', 'free') })).toBeFocused()
  await expect(apply).toBeDisabled()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(edges.getByRole('button', { name: cell('first', 'second', 'required') })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowUp')
  await expect(edges.getByRole('button', { name: cell('second', 'first', 'free') })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(
    dialog.getByText(/The required edges run in a circle: (first → second → first|second → first → second)\./),
  ).toBeVisible()
  await expect(edges.getByRole('button', { name: cell('first', 'second', 'required') })).toHaveAccessibleDescription(
    /in a circle/,
  )
  await expect(apply).toBeDisabled()
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(dialog.getByText(/in a circle/)).toBeHidden()
  await apply.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Given: required first → second.')

  // It stands there when the dialog is opened again; what no graph of the run agrees with is told beside it.
  await open()
  await edges.getByRole('button', { name: cell('third', 'second', 'free') }).focus()
  await page.keyboard.press('Enter')
  await expect(apply).toBeEnabled()
  await page.keyboard.press('Enter')
  const common = dialog.getByText(/second would be a common effect of (first and third|third and first)/)
  await expect(common).toBeVisible()
  const required = edges.getByRole('button', { name: cell('third', 'second', 'required') })
  await expect(required).toHaveAccessibleDescription(/second would be a common effect of/)
  await expect(apply).toBeDisabled()
  await expectAccessible(page)
  // Seen before it is applied, it goes with what it was about; with tiers it comes and goes likewise.
  await page.keyboard.press('Enter')
  await expect(common).toBeHidden()
  await expect(apply).toBeEnabled()
  await dialog.getByLabel('Tier of third').selectOption({ label: 'tier 1' })
  await dialog.getByLabel('Tier of second').selectOption({ label: 'tier 2' })
  await expect(common).toBeVisible()
  await expect(dialog.getByLabel('Tier of second')).toHaveAccessibleDescription(/second would be a common effect of/)
  await expect(apply).toBeDisabled()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Known…' })).toBeFocused()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Given: required first → second.')

  // Tiers by drag and by choice, under the names that the nodes have now.
  await open()
  await edges.getByRole('button', { name: cell('first', 'second', 'required') }).press('Enter')
  const tier = (name: string) => dialog.getByRole('group', { name, exact: true })
  const third = { hasText: 'third' }
  const grip = { sourcePosition: { x: 8, y: 8 } }
  await tier('Nodes in no tier').getByRole('listitem').filter(third).dragTo(tier('Tier 1'), grip)
  await expect(tier('Tier 1').getByRole('listitem').filter(third)).toBeVisible()
  await dialog.getByLabel('Tier of second').selectOption({ label: 'tier 2' })
  await apply.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Given: third before second.')
  await page.getByRole('button', { name: /^Undo: Apply what is known: third before second/ }).press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Given: required first → second.')

  // Nothing at all is nothing told.
  await open()
  await edges.getByRole('button', { name: cell('first', 'second', 'required') }).press('Enter')
  await apply.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText('Given')
  expect(app.log).toEqual([])
})
