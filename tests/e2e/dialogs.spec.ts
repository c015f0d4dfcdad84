/** Every dialog in windows of four sizes, under long names, in both themes: nothing beyond it, nothing overprinted, all in reach. */
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'
import { importStudy, trainStudy, untilDone } from './collider-study.ts'
import { longName, outOfReach, overprinted, tooWide, trainOtherMethods } from './every-view.ts'
import { chooseHelp } from './main-menu.ts'

test.setTimeout(900_000)

const sizes = [
  { width: 640, height: 400 },
  { width: 1024, height: 700 },
  { width: 3840, height: 2160 },
  { width: 1280, height: 800 },
] as const

const within = ':is([role=dialog], [role=alertdialog])'

/** A name, and how a person opens it. */
type Opening = readonly [dialog: string, open: (page: Page, home: string) => Promise<void>]

const press = (page: Page, name: string | RegExp): Promise<void> =>
  page
    .getByRole('main')
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click()

async function view(page: Page, key: number): Promise<void> {
  await page.keyboard.press(`Control+${key}`)
  await expect(page.locator('main [aria-busy=true]')).toHaveCount(0)
}

async function inRuns(page: Page, button: string): Promise<void> {
  await view(page, 7)
  await page.getByRole('button', { name: longName, exact: true }).click()
  await press(page, button)
}

async function inData(page: Page, button: string | RegExp): Promise<void> {
  await view(page, 2)
  await page.getByLabel('Data set shown').selectOption({ label: 'Parts' })
  await press(page, button)
}

async function inGraph(page: Page, button: string): Promise<void> {
  await view(page, 7)
  await page.getByRole('button', { name: longName, exact: true }).click()
  await view(page, 5)
  await press(page, button)
}

const dialogs: readonly Opening[] = [
  ['new project', (page) => page.keyboard.press('Control+n')],
  ['open a project', (page) => page.keyboard.press('Control+o')],
  ['a folder of data', (page) => page.keyboard.press('Control+i')],
  ['a file of data', (page) => page.keyboard.press('Control+Shift+I')],
  ['shortcuts', (page) => page.keyboard.press('?')],
  ['terms', (page) => chooseHelp(page, 'Terms and symbols')],
  ['what can be told', (page) => chooseHelp(page, 'What can be told, and what cannot')],
  ['about', (page) => chooseHelp(page, 'About Causalscope')],
  [
    'TensorFlow',
    async (page) => {
      await page.getByRole('button', { name: /^Engine:/ }).click()
      await page.getByRole('menuitem', { name: 'A TensorFlow of your own…' }).click()
    },
  ],
  ['rename a data set', (page) => inData(page, 'Rename data set')],
  ['sample', (page) => inData(page, /^Sample p000/)],
  ['prepare images', (page) => inData(page, 'Prepare images…')],
  ['prepare curves', (page) => inData(page, 'Prepare curves…')],
  [
    'suggest',
    async (page) => {
      await view(page, 3)
      await page.getByLabel('Data set', { exact: true }).selectOption({ label: 'Parts' })
      await press(page, 'Suggest…')
    },
  ],
  [
    'a doubt',
    async (page) => {
      await view(page, 3)
      await page.getByText(/^Advanced/).click()
      await page.getByLabel('Learning rate', { exact: true }).fill('0.9')
      await page.keyboard.press('Control+Enter')
      await page
        .getByRole('main')
        .getByRole('button', { name: /^(Start training|Add to the queue)$/ })
        .click()
    },
  ],
  ['export a run', (page) => inRuns(page, 'Export…')],
  ['studies', (page) => inRuns(page, 'Studies…')],
  ['replicate', (page) => inGraph(page, 'Replicate…')],
  ['known', (page) => inGraph(page, 'Known…')],
  ['compare', (page) => inGraph(page, 'Compare…')],
  [
    'which node is which',
    async (page, home) => {
      await inGraph(page, 'Compare…')
      await page.getByRole('button', { name: 'Compare with a truth file…' }).click()
      await page.getByRole('dialog').getByLabel('Path').fill(join(home, 'truth.json'))
      await page.getByRole('dialog').getByLabel('Path').press('Enter')
      await expect(page.getByRole('dialog')).toContainText('proposed by')
    },
  ],
  ['export the graph', (page) => inGraph(page, 'Export')],
  [
    'name a cluster',
    async (page) => {
      await view(page, 6)
      await press(page, /^Name the cluster/)
    },
  ],
  [
    'new samples',
    async (page) => {
      await view(page, 6)
      await press(page, 'New samples…')
    },
  ],
  [
    'a truth beside components',
    async (page, home) => {
      await page.keyboard.press('Control+7')
      await page.getByRole('button', { name: /, partial-causal$/ }).click()
      await view(page, 8)
      await press(page, 'Compare with a truth…')
      await page
        .getByRole('dialog')
        .getByLabel('Path')
        .fill(join(home, 'blobs-lines', 'truth.json'))
      await page.getByRole('dialog').getByLabel('Path').press('Enter')
      await expect(page.getByRole('dialog', { name: 'Components beside the truth' })).toBeVisible()
    },
  ],
  [
    'tell new samples',
    async (page) => {
      await page.keyboard.press('Control+7')
      await page.getByRole('button', { name: /, causal-complete$/ }).click()
      await view(page, 9)
      await press(page, 'Tell new samples…')
    },
  ],
]

test('fits every dialog into windows of four sizes, under long names, in both themes', async ({ app, home }) => {
  const { page } = app
  await importStudy(page, home)
  await trainStudy(page, { name: longName })
  await trainOtherMethods(page, home)
  for (const [dialog, open] of dialogs) {
    await open(page, home)
    await expect(page.locator(within)).toBeVisible()
    await expect(page.locator(within).locator('[aria-busy=true]')).toHaveCount(0)
    for (const { width, height } of sizes) {
      await page.setViewportSize({ width, height })
      const beyond = await tooWide(page, within)
      const under = await overprinted(page, within)
      const hidden = await outOfReach(page, within)
      expect({ dialog, width, beyond, under, hidden }).toEqual({ dialog, width, beyond: [], under: [], hidden: [] })
      // Between the smallest and the usual window nothing else is shown.
      if (width === 640 || width === 1280) await expectAccessible(page, within)
    }
    await page.keyboard.press('Escape')
    await expect(page.locator(within)).toBeHidden()
  }
})

test('messages of before lie behind a dialog, those about it before', async ({ app, home }) => {
  const { page } = app
  await importStudy(page, home)
  await trainStudy(page, { name: longName })
  await untilDone(page, longName)
  await page.setViewportSize(sizes[0])
  await page.keyboard.press('Control+2')
  await page.getByRole('button', { name: 'Delete data set' }).click()
  const before = page.getByRole('alert').filter({ hasText: '1 run uses this data set' })
  await expect(before).toBeVisible()
  await page.getByRole('button', { name: /^Sample p000/ }).click()
  expect(await outOfReach(page, within)).toEqual([])
  await page.keyboard.press('Escape')
  await before.getByRole('button', { name: 'Close message' }).click()
  await expect(before).toBeHidden()

  await inGraph(page, 'Compare…')
  await page.getByRole('button', { name: 'Compare with a truth file…' }).click()
  await page
    .getByRole('dialog')
    .getByLabel('Path')
    .fill(join(home, 'parts', 'metadata.csv'))
  await page.getByRole('dialog').getByLabel('Path').press('Enter')
  const about = page.getByRole('alert').filter({ hasText: 'metadata.csv' })
  await about.getByRole('button', { name: 'Close message' }).click()
  await expect(about).toBeHidden()
  await expect(page.getByRole('dialog', { name: 'Compare with another graph' })).toBeVisible()
})
