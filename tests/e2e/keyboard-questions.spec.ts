/**
 * Questions to finished runs without a pointer, nor focus that a script sets: an edge is forbidden and the graph changes, two
 * runs are compared, a what-if is asked.
 */
import { join } from 'node:path'
import { writeSynthetic } from '../../src-main/datasets/synthetic/write.ts'
import { expect, test } from './app.ts'
import { tabTo } from './by-keyboard.ts'
import { importFolder, startRun } from './lattice-project.ts'

test.setTimeout(300_000)

test('forbids an edge, compares both runs and asks a what-if, without a pointer', async ({ app, home }) => {
  const { page } = app
  const { folder } = await writeSynthetic('interventions', { out: join(home, 'chain'), seed: 1, samples: 400 })
  const dataset = await importFolder(page, home, folder, '400 samples')
  const nodes = ['first', 'second', 'third'].map((name) => ({ name, categories: 2, anchor: name }))
  await startRun(page, dataset, { seed: 1, name: 'free', nodes })
  const title = page.getByRole('heading', { level: 1 })
  await page.keyboard.press('Control+4')
  await expect(title).toHaveText('free is done', { timeout: 90_000 })
  const graph = page.getByRole('group', { name: /^Learned graph of/ })
  await page.keyboard.press('Control+5')
  await expect(graph).toHaveAccessibleName(/Edges: .*(second and first|first and second) are linked/)

  // Forbidden both ways, in a run of its own.
  await page.keyboard.press('Control+7')
  await tabTo(page, page.getByRole('button', { name: 'free', exact: true }))
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('button', { name: 'Duplicate with changes' }).first())
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByText('What is known already', { exact: true }))
  await page.keyboard.press('Enter')
  const edges = page.getByRole('table', { name: 'Edges' })
  await tabTo(page, edges.getByRole('button', { name: 'first → second: free' }))
  await page.keyboard.press('Enter')
  await expect(edges.getByRole('button', { name: 'first → second: forbidden' })).toBeFocused()
  // Past the diagonal, and back.
  for (const arrow of ['ArrowDown', 'ArrowLeft', 'ArrowUp']) await page.keyboard.press(arrow)
  await expect(edges.getByRole('button', { name: 'second → first: free' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(edges.getByRole('button', { name: 'second → first: forbidden' })).toBeFocused()
  await expect(page.getByRole('button', { name: 'Start training' })).toBeEnabled()
  await page.keyboard.press('Control+Enter')
  await expect(title).toHaveText('free again is done', { timeout: 90_000 })
  await page.keyboard.press('Control+5')
  await expect(graph).toHaveAccessibleName(/^Learned graph of free again/)
  await expect(graph).not.toHaveAccessibleName(/second and first|first and second/)
  await expect(page.getByText(/Given: forbidden first → second and second → first/).first()).toBeVisible()

  // Held against the other graph, then both runs side by side.
  await tabTo(page, page.getByRole('button', { name: 'Compare…' }))
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('dialog').getByRole('button', { name: /^free/ }))
  await page.keyboard.press('Enter')
  const which = page.getByRole('dialog', { name: 'Which node is which?' })
  await tabTo(page, which.getByRole('button', { name: 'Compare' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Against free' })).toBeVisible()
  await page.keyboard.press('Control+7')
  await tabTo(page, page.getByLabel('All runs'))
  await page.keyboard.press('Space')
  const comparison = page.getByRole('region', { name: 'Comparison of 2 runs' })
  await tabTo(page, comparison.getByRole('tab', { name: 'Settings that differ' }))
  await page.keyboard.press('ArrowRight')
  await expect(comparison.getByRole('group', { name: 'ELBO of 2 runs' })).toBeVisible()
  await page.keyboard.press('ArrowRight')
  // Where no direction is stated, nothing says which of the two is named first.
  for (const [run, found] of [
    ['free', '(second and first|first and second) are linked'],
    ['free again', '(third and first|first and third) are linked'],
  ] as const)
    await expect(comparison.getByRole('img', { name: new RegExp(`^Graph of ${run}: .*${found}`) })).toBeVisible()

  // What if a node were set.
  await page.keyboard.press('Control+5')
  await tabTo(page, page.getByRole('button', { name: /^Node second/ }))
  await page.keyboard.press('Enter')
  await page.keyboard.press('Alt+4')
  const panel = page.getByRole('region', { name: 'Questions to the graph' })
  await expect(panel.getByRole('region', { name: /^If second = .* were set$/ })).toBeVisible({ timeout: 60_000 })
  await tabTo(page, panel.getByLabel('Node that is set'))
  await page.keyboard.press('ArrowDown')
  await expect(panel.getByRole('region', { name: /^If third = .* were set$/ })).toBeVisible()
  await tabTo(page, panel.getByRole('button', { name: 'Keep for the report' }))
  await page.keyboard.press('Enter')
  await expect(panel.getByText('Kept', { exact: true })).toBeVisible()
  expect(app.log).toEqual([])
})
