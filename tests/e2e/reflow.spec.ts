/** Every view in windows of four sizes, the smallest as at 200 % zoom: nothing beyond the sides, nothing axe calls serious. */
import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { fillProject, longName, outOfReach, overprinted, tooWide, trainOtherMethods, viewKeys } from './every-view.ts'

test.setTimeout(400_000)

const sizes = [
  { width: 640, height: 400 },
  { width: 1024, height: 700 },
  { width: 1280, height: 800 },
  { width: 3840, height: 2160 },
] as const

async function expectFits(page: Page, view: string): Promise<void> {
  const size = page.viewportSize()
  const faults = { beyond: await tooWide(page), under: await overprinted(page) }
  expect({ view, size, ...faults }).toEqual({ view, size, beyond: [], under: [] })
  await expectAccessible(page)
}

test('fits every view into windows of four sizes, under long names, in both themes', async ({ app, home }) => {
  const { page } = app
  await fillProject(page, home)
  const navigation = page.getByRole('navigation', { name: 'Views' })
  for (const size of sizes) {
    await page.setViewportSize(size)
    for (const [view, key] of viewKeys) {
      await page.keyboard.press(`Control+${key}`)
      await expect(navigation.locator('[aria-current=page]')).toHaveText(new RegExp(`^\\s*${view}`, 'i'))
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expectFits(page, view)
    }
  }
  await page.setViewportSize(sizes[0])
  // What can be done can be reached: each comes into view when it is moved to.
  await page.keyboard.press('Control+4')
  for (const name of ['Pause', 'Stop']) {
    await page.getByRole('main').getByRole('button', { name, exact: true }).focus()
    await expect(page.getByRole('main').getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 })
  }
  // What is cut is told whole under the pointer.
  const trains = page.getByRole('contentinfo').getByRole('button', { name: longName })
  await trains.hover()
  await expect(trains).toHaveAttribute('title', new RegExp(`^${longName}, long trains`))
  await page.keyboard.press('Control+7')
  await page.getByRole('button', { name: longName, exact: true }).click()
  await page.getByRole('button', { name: 'Duplicate with changes' }).click()
  await expect(page.getByText(/^in Parts.*copied from/)).toBeVisible()
  expect(await tooWide(page)).toEqual([])
})

test('fits the views of the other methods and an import into windows of four sizes', async ({ app, home }) => {
  const { page } = app
  await page.evaluate(
    (path) => window.causalscope.request('project.new', { path }),
    join(home, 'Documents', 'lab.causalscope'),
  )
  await trainOtherMethods(page, home)
  const folder = join(home, longName)
  await cp(join(home, 'blobs-lines'), folder, { recursive: true })
  // A run is a line of the table, whatever its method is called.
  await page.setViewportSize(sizes[2])
  await page.keyboard.press('Control+7')
  const method = page.getByRole('cell', { name: 'Causal complete cause' })
  const line = (await page.getByRole('row', { name: /causal-complete/ }).boundingBox())!.height
  expect(line).toBeLessThan(45)
  await method.hover()
  await expect(method).toHaveAttribute('title', 'Causal complete cause')
  const views = [
    ['components', () => page.keyboard.press('Control+8')],
    ['prediction', () => page.keyboard.press('Control+9')],
    [
      'an import',
      async () => {
        await page.keyboard.press('Control+i')
        await page.getByRole('dialog').getByLabel('Path').fill(folder)
        await page.getByRole('dialog').getByRole('button', { name: 'Use this folder' }).click()
        await expect(page.getByRole('heading', { level: 1 })).toContainText('150 samples')
      },
    ],
  ] as const
  for (const [view, open] of views) {
    await open()
    await expect(page.locator('main [aria-busy=true]')).toHaveCount(0)
    for (const size of sizes) {
      await page.setViewportSize(size)
      await expectFits(page, view)
      expect({ view, size, hidden: await outOfReach(page) }).toEqual({ view, size, hidden: [] })
    }
  }
})
