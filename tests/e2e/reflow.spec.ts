/** Every view in windows of four sizes, the smallest as at 200 % zoom: nothing beyond the sides, nothing axe calls serious. */
import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'
import { fillProject, longName, overprinted, tooWide, viewKeys } from './every-view.ts'

test.setTimeout(400_000)

const sizes = [
  { width: 640, height: 400 },
  { width: 1024, height: 700 },
  { width: 1280, height: 800 },
  { width: 3840, height: 2160 },
] as const

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
      const faults = { beyond: await tooWide(page), under: await overprinted(page) }
      expect({ view, ...size, ...faults }).toEqual({ view, ...size, beyond: [], under: [] })
      await expectAccessible(page)
    }
  }
  await page.setViewportSize(sizes[0])
  // What can be done can be reached: each comes into view when it is moved to.
  await page.keyboard.press('Control+4')
  for (const name of ['Pause', 'Stop']) {
    await page.getByRole('main').getByRole('button', { name, exact: true }).focus()
    await expect(page.getByRole('main').getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 })
  }
  await page.keyboard.press('Control+7')
  await page.getByRole('button', { name: longName, exact: true }).click()
  await page.getByRole('button', { name: 'Duplicate with changes' }).click()
  await expect(page.getByText(/^in Parts.*copied from/)).toBeVisible()
  expect(await tooWide(page)).toEqual([])
})
