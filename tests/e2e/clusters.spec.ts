import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'
import { importStudy, samples, trainStudy, untilDone } from './collider-study.ts'

test.setTimeout(240_000)

test('selects by lasso, looks at samples, asks the model, exports and reads back', async ({ app, home }) => {
  const { page } = app
  await importStudy(page, home)
  await page.keyboard.press('Control+6')
  await expect(page.getByText('No clusters yet')).toBeVisible()
  await trainStudy(page, { name: 'First', pretrainEpochs: 10, epochs: 4 })
  await untilDone(page, 'First')
  await page.getByRole('button', { name: 'Clusters', exact: true }).last().click()

  const plot = page.getByRole('group', { name: /samples in the plane/ })
  await expect(plot).toBeVisible()
  await expect(plot).toHaveAttribute('data-renderer', 'webgl')
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`of ${samples} samples`)
  await expectAccessible(page)

  await expect(page.getByText(/: provisional, whether this returns no replicate has tested yet/)).toBeVisible()
  // A cluster may have a name of its own; a point under the pointer shows what was measured.
  const first = page.getByRole('button', { name: /^Name the cluster/ }).first()
  await first.click()
  await page.getByRole('dialog', { name: 'Name the cluster' }).getByLabel('Name').fill('Brittle')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Name the cluster Brittle' })).toBeVisible()
  // Arrow keys go from point to point; what they come to is told.
  await plot.focus()
  await page.keyboard.press('ArrowRight')
  const told = plot.getByRole('status')
  await expect(told).toHaveText(/^p\d+ · /)
  await expect(plot.getByRole('img', { name: /^images of p/ })).toBeVisible()
  const before = await told.innerText()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowDown')
  await expect(told).not.toHaveText(before)
  const id = (await told.innerText()).split(' ')[0]!
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Details' }).getByRole('heading', { name: id })).toBeVisible()

  // Around everything, then the right half.
  await page.getByRole('radio', { name: 'Lasso' }).check({ force: true })
  const box = (await plot.boundingBox())!
  const around = async (left: number): Promise<void> => {
    const corners = [
      [left, 0.01],
      [0.99, 0.01],
      [0.99, 0.99],
      [left, 0.99],
    ] as const
    await page.mouse.move(box.x + box.width * left, box.y + box.height * 0.01)
    await page.mouse.down()
    for (const [x, y] of corners) await page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 4 })
    await page.mouse.up()
  }
  await around(0.01)
  const details = page.getByRole('region', { name: 'Details' })
  await expect(details.getByText(`${samples} samples`, { exact: true })).toBeVisible()
  await around(0.5)
  await expect(details.getByText(`${samples} samples`, { exact: true })).toBeHidden()
  const chosen = Number(/(\d+) samples/.exec(await details.innerText())?.[1])
  expect(chosen).toBeGreaterThan(0)
  expect(chosen).toBeLessThan(samples)
  await expect(details.getByRole('list', { name: 'Selected samples' }).getByRole('button')).not.toHaveCount(0)
  await expectAccessible(page)

  await details.getByRole('button', { name: 'Export CSV…' }).click()
  const dialog = page.getByRole('dialog', { name: `Export ${chosen} samples as CSV` })
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(`${chosen} samples written to`)).toBeVisible()
  const lines = (await readFile(join(home, 'Documents', 'selection.csv'), 'utf8')).trim().split('\n')
  expect(lines).toHaveLength(chosen + 1)
  expect(lines[0]).toContain('Density')
  expect(lines[0]).toContain('heat')

  await page.getByRole('button', { name: 'Export all…' }).click()
  await page.getByRole('button', { name: 'Use this folder' }).click()
  await expect(page.getByText(`${samples} samples written to`)).toBeVisible({ timeout: 30_000 })
  const all = (await readFile(join(home, 'Documents', 'clusters.csv'), 'utf8')).trim().split('\n')
  expect(all).toHaveLength(samples + 1)
  expect(all.filter((line) => line.includes('Brittle')).length).toBeGreaterThan(0)

  // One sample: found by id, rebuilt, then predicted from its curve alone.
  await page.getByLabel('Find a sample by its id').fill('p003')
  await page.keyboard.press('Enter')
  await expect(details.getByRole('heading', { name: 'p003' })).toBeVisible()
  await expect(details.getByRole('img', { name: 'images of p003, measured' })).toBeVisible()
  await expect(details.getByRole('img', { name: 'images of p003, rebuilt' })).toBeVisible({ timeout: 90_000 })
  await details.getByLabel('Rebuilt from').selectOption('curves alone')
  await expect(details.getByRole('img', { name: 'images of p003, predicted' })).toBeVisible({ timeout: 30_000 })
  await expect(details.getByRole('img', { name: 'curves of p003, measured and rebuilt' })).toBeVisible()
  await expectAccessible(page)

  await details.getByRole('button', { name: 'Walk through the latent space from here' }).click()
  await expect(details.getByRole('img', { name: /^images decoded/ })).toHaveCount(10, { timeout: 30_000 })
  await expect(details.getByLabel('From', { exact: true })).toContainText('Sample p003')
  await expect(details.getByLabel('From', { exact: true })).not.toContainText('Centre of all samples')
  await expect(details.getByRole('list', { name: /nearest to those decoded, images/ }).getByRole('img')).toHaveCount(10)
  await details.getByText('Draw new samples').click()
  await expect(details.getByRole('img', { name: /^images decoded/ })).toHaveCount(15, { timeout: 30_000 })
  await expectAccessible(page)

  const swatch = details.locator('.cluster i').first()
  await details.getByRole('tab', { name: 'Clusters' }).click()
  await page.emulateMedia({ forcedColors: 'active' })
  expect(await swatch.evaluate((mark) => getComputedStyle(mark).forcedColorAdjust)).toBe('none')
  await page.emulateMedia({ forcedColors: 'none' })

  for (const choice of ['Node: Density', 'Metadata: heat', 'Error of curves']) {
    await page.getByLabel('Colour by').selectOption(choice)
    await expect(page.getByRole('group', { name: `coloured by ${choice}` })).toBeVisible()
  }
  await expect(page.getByText('from the 2nd to the 98th percentile')).toBeVisible()

  // By keyboard: a crosshair sets the corners of a lasso, and picks.
  const press = async (key: string, times: number): Promise<void> => {
    for (let i = 0; i < times; i++) await page.keyboard.press(key)
  }
  await page.getByRole('button', { name: 'Fit' }).click()
  await plot.focus()
  await press('ArrowLeft', 28)
  await press('ArrowUp', 20)
  for (const [arrow, times] of [
    ['ArrowRight', 56],
    ['ArrowDown', 40],
    ['ArrowLeft', 56],
  ] as const) {
    await page.keyboard.press('Space')
    await press(arrow, times)
  }
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await expect(details.getByRole('tab', { name: 'Selection' })).toHaveAttribute('aria-selected', 'true')
  await expect(details.getByRole('list', { name: 'Selected samples' }).getByRole('button')).not.toHaveCount(0)
  for (const key of ['=', '-', 'Shift+ArrowLeft', '0']) await page.keyboard.press(key)
  expect(app.log).toEqual([])
})
