import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'
import { importStudy, provisionalFinding, trainStudy, untilDone } from './collider-study.ts'

test.setTimeout(180_000)

test('says what was found, shows the evidence, takes names and places, and undoes them', async ({ app, home }) => {
  const { page } = app
  await importStudy(page, home)
  await page.keyboard.press('Control+5')
  await expect(page.getByText('No graph yet')).toBeVisible()
  await expectAccessible(page)
  await trainStudy(page, { name: 'First' })
  await untilDone(page, 'First')
  await page.getByRole('button', { name: 'See the graph' }).click()

  const finding = page.getByRole('heading', { level: 1 })
  await expect(finding).toHaveText(provisionalFinding())
  await expect(page.getByText('What this rests on')).toBeVisible()
  const undo = page.getByRole('button', { name: 'Nothing to undo' })
  await expect(undo).toBeDisabled()
  await expect(undo).toHaveAccessibleDescription('Nothing was changed.')
  await expect(
    page.getByRole('group', {
      name: /^Learned graph of First\. 3 nodes: .* Heat and Density are linked, direction open; Load and Density are linked, direction open/,
    }),
  ).toBeVisible()
  await expectAccessible(page)

  // By keyboard alone: to a node, to its evidence, to an edge.
  const inspector = page.getByRole('region', { name: 'Inspector' })
  const density = page.getByRole('button', { name: /^Node Density/ })
  await page.getByRole('button', { name: /^Node Heat/ }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(density).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(density).toHaveAttribute('aria-pressed', 'true')
  await expect(inspector.getByRole('img', { name: 'images decoded for Density = dense' })).toBeVisible()
  await expect(inspector.getByRole('row', { name: /hot high/ })).toBeVisible()
  await expect(inspector.getByText('P( Density | Heat, Load )').first()).toBeVisible()
  await expectAccessible(page)
  await inspector.getByRole('button', { name: /— Heat/ }).click()
  await expect(inspector.getByText('Edge strength')).toBeVisible()
  await expect(inspector.getByText('not tested yet')).toBeVisible()
  await expectAccessible(page)

  // Names.
  await density.click()
  await page.keyboard.press('F2')
  await page.getByRole('dialog', { name: 'Rename Density' }).getByLabel('Name of the node').fill('Compaction')
  await page.keyboard.press('Enter')
  await expect(finding).toHaveText(provisionalFinding('Compaction'))
  await inspector.getByRole('button', { name: 'Rename category dense' }).click()
  await page.getByLabel('Name of the category').fill('compact')
  await page.keyboard.press('Enter')
  await expect(inspector.getByRole('img', { name: 'images decoded for Compaction = compact' })).toBeVisible()

  // Places: by mouse, then by keyboard.
  const node = page.getByRole('button', { name: /^Node Compaction/ })
  const box = (await node.boundingBox())!
  await page.mouse.move(box.x + 30, box.y + 20)
  await page.mouse.down()
  await page.mouse.move(box.x + 130, box.y + 60, { steps: 5 })
  await page.mouse.up()
  await expect(page.getByRole('button', { name: /^Node Compaction, pinned/ })).toBeVisible()
  const moved = (await node.boundingBox())!
  expect(Math.abs(moved.x - box.x - 100)).toBeLessThan(8)
  await page.getByRole('button', { name: /^Node Heat/ }).focus()
  await page.keyboard.down('Alt')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.up('Alt')
  await expect(page.getByRole('button', { name: /^Node Heat, pinned/ })).toBeVisible()

  // Back, step by step.
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('button', { name: /^Node Heat:/ })).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('button', { name: /^Node Compaction:/ })).toBeVisible()
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect(finding).toHaveText(provisionalFinding())
  await page.keyboard.press('Control+Shift+z')
  await expect(finding).toHaveText(provisionalFinding('Compaction'))
  await page.getByRole('button', { name: /^Undo: Rename/ }).click()
  await expect(finding).toHaveText(provisionalFinding())

  await page.keyboard.press('Alt+3')
  await expect(page.getByRole('radio', { name: 'Circle' })).toBeChecked()
  await page.keyboard.press('Alt+2')
  await expect(page.getByRole('radio', { name: 'Force' })).toBeChecked()
  await page.getByRole('button', { name: /^Node Heat/ }).focus()
  await page.keyboard.down('Alt')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.up('Alt')
  await expect(page.getByRole('button', { name: /^Node Heat, pinned/ })).toBeVisible()

  // One drawing: what the window shows, what it writes, and what the command line writes.
  await exportGraph(page)
  await expect(page.getByText(/2 files written to/)).toBeVisible({ timeout: 30_000 })
  const written = await readFile(join(home, 'Documents', 'graph.svg'), 'utf8')
  const from = ['--project', join(home, 'Documents', 'press.causalscope'), '--run', '1']
  await promisify(execFile)('node', ['src-main/cli.ts', 'export', ...from, '--out', home, '--formats', 'graph.svg'])
  expect(await readFile(join(home, 'graph.svg'), 'utf8')).toBe(written)
  const corners = (text: string, pattern: RegExp): number[][] =>
    [...text.matchAll(pattern)].map(([, x, y]) => [Math.round(Number(x)), Math.round(Number(y))])
  const shown = await page
    .getByRole('button', { name: /^Node / })
    .evaluateAll((nodes) => nodes.map((node) => (node instanceof HTMLElement ? node.style.transform : '')).join(' '))
  expect(corners(shown, /translate\(([-\d.]+)px, ([-\d.]+)px\)/g)).toEqual(
    corners(written, /<g transform="translate\(([-\d.]+) ([-\d.]+)\)">/g),
  )
  expect(app.log).toEqual([])
})

async function exportGraph(page: Page, more: readonly RegExp[] = []): Promise<void> {
  await page.keyboard.press('Control+e')
  const dialog = page.getByRole('dialog', { name: 'Export the graph' })
  for (const name of more) await dialog.getByLabel(name).check()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Choose a folder…' }).click()
  await page.getByRole('button', { name: 'Use this folder' }).click()
}

test('compares with a truth and another run, and exports what is shown', async ({ app, home }) => {
  const { page } = app
  await importStudy(page, home)
  await trainStudy(page, { name: 'First' })
  await untilDone(page, 'First')
  await page.keyboard.press('Control+2')
  await trainStudy(page, { name: 'Second', seed: 2 })
  await untilDone(page, 'Second')
  await page.getByRole('button', { name: 'See the graph' }).click()

  await page.getByRole('button', { name: 'Compare…' }).click()
  await expectAccessible(page)
  await page.getByRole('button', { name: /^First/ }).click()
  // Nodes are proposed by their samples, whatever they are called, and can be set right.
  const which = page.getByRole('dialog', { name: 'Which node is which?' })
  await expect(which.getByLabel('Heat is here')).toHaveText(/Heat \([01]\.\d\d\)/)
  await expectAccessible(page)
  await which.getByLabel('Heat is here').selectOption({ label: 'no node' })
  await which.getByLabel('Heat is here').selectOption({ index: 1 })
  await which.getByRole('button', { name: 'Compare' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Against First' })).toContainText('of the DAGs 0')
  await page.getByRole('button', { name: 'End comparison' }).click()
  await page.getByRole('button', { name: 'Compare…' }).click()
  await page.getByRole('button', { name: 'Compare with a truth file…' }).click()
  const files = page.getByRole('dialog', { name: /Choose a truth.json/ })
  await files.getByLabel('Path').fill(join(home, 'truth.json'))
  await files.getByLabel('Path').press('Enter')
  await expect(which).toContainText('proposed by name')
  await which.getByRole('button', { name: 'Compare' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Against truth.json' })).toContainText('the same graph')
  await expectAccessible(page)

  await exportGraph(page, [/PNG/, /DOT/, /BIF/])
  await expect(page.getByText(/5 files written to/)).toBeVisible({ timeout: 30_000 })
  const folder = join(home, 'Documents')
  const svg = await readFile(join(folder, 'graph.svg'), 'utf8')
  expect(svg).toContain('Density')
  expect(svg).toContain('Both graphs have this edge')
  const png = await readFile(join(folder, 'graph.png'))
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect(png.length).toBeGreaterThan(10_000)
  const dot = await readFile(join(folder, 'graph.dot'), 'utf8')
  expect(dot).toContain('Heat')
  expect(app.log).toEqual([])
})

test('replicates a run from its graph, says what returned, and can be stopped', async ({ app, home }) => {
  const { page } = app
  await importStudy(page, home)
  await trainStudy(page, { name: 'First' })
  await untilDone(page, 'First')
  await page.getByRole('button', { name: 'See the graph' }).click()
  const finding = page.getByRole('heading', { level: 1 })
  await expect(finding).toHaveText(provisionalFinding())

  const replicate = page.getByRole('button', { name: 'Replicate…' })
  await replicate.click()
  const dialog = page.getByRole('dialog', { name: 'Test what returns' })
  await expect(dialog.getByRole('status')).toContainText(/4 trainings, (about|a few)/)
  await expectAccessible(page)
  await dialog.getByRole('spinbutton', { name: 'Replicates' }).fill('40')
  await expect(dialog.getByRole('status')).toContainText('40 trainings')
  await dialog.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByRole('progressbar', { name: 'Replicates' })).toBeVisible()
  await expect(replicate).toBeDisabled()
  await page.getByRole('button', { name: 'Stop replicates' }).click()
  await expect(page.getByRole('progressbar', { name: 'Replicates' })).toBeHidden({ timeout: 30_000 })

  await replicate.click()
  await dialog.getByRole('spinbutton', { name: 'Replicates' }).fill('2')
  await dialog.getByRole('button', { name: 'Start' }).click()
  await expect(finding).toHaveText(
    'There are links between Heat and Density and between Load and Density; the data fix none of their directions.',
    { timeout: 90_000 },
  )
  await expect(page.getByText('2 replicates', { exact: true })).toBeVisible({ timeout: 60_000 })
  const inspector = page.getByRole('region', { name: 'Inspector' })
  await inspector.getByRole('button', { name: /^Heat — Density/ }).click()
  await expect(inspector.getByText('2 of 2')).toBeVisible()
  await expect(inspector.getByText('supported', { exact: true })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Control+7')
  await expect(page.getByRole('row').filter({ hasText: 'First' })).toContainText('Heat — Density, Load — Density')
  expect(app.log).toEqual([])
})
