/**
 * `npm run screenshots`: pictures of every view, light and dark, for docs/screenshots. The real application opens in an
 * installed Chromium, on a home folder of its own, and does what a person would with a synthetic set whose truth is known:
 * circles of two hues and sizes, and curves; hue and radius drive shift. Some minutes.
 *
 *     npm run screenshots -- [--out FOLDER] [--sizes 640x400,1024x700,...] [--samples N]
 *
 * Of windows of several sizes, each view is also pictured further down, as far as it scrolls, and there are pictures of a
 * finished training, of what is asked of a graph, and of the other methods' views: to be looked at.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { CausalscopeApp } from '../src-main/app/application.ts'
import { writeSynthetic } from '../src-main/datasets/synthetic/write.ts'
import { findChromium } from '../src-main/host/chromium/executable.ts'
import { ChromiumHost } from '../src-main/host/chromium/host.ts'
import { UserSettings } from '../src-main/services/settings.ts'
import { readManifest } from '../src-main/training/provenance.ts'
import { otherMethods } from './other-methods.ts'
import { buildPage, pageIsStale } from './stale.ts'

const root = join(import.meta.dirname, '..')
const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, 'docs', 'screenshots') },
    sizes: { type: 'string', default: '' },
    samples: { type: 'string', default: '1500' },
  },
})
const pictures = options.out
const sizes = options.sizes === '' ? [] : options.sizes.split(',').map((size) => size.split('x').map(Number))
const trainingTakes = 20 * 60_000
/** Screens down a view, at most. */
const mostScreens = 6

/** A folder as it comes from a laboratory: a few labels known, two images lost. */
async function laboratoryFolder(home: string): Promise<string> {
  const folder = join(home, 'circle-study')
  await writeSynthetic('circles-line', {
    out: folder,
    samples: Number(options.samples),
    seed: 7,
    structure: 'collider',
    labels: 0.05,
  })
  for (const id of ['0017', '0044']) {
    const image = readdirSync(join(folder, 'images')).find((name) => name.includes(id))
    if (image !== undefined) rmSync(join(folder, 'images', image))
  }
  return folder
}

async function settled(page: Page): Promise<void> {
  await page.locator('main [aria-busy="true"]').first().waitFor({ state: 'detached' })
  await page.evaluate(
    'document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))',
  )
}

/** In windows of the sizes asked for, or of the one it has. */
async function picture(page: Page, name: string): Promise<void> {
  if (sizes.length === 0) await inBothThemes(page, name)
  const before = page.viewportSize()
  for (const [width = 0, height = 0] of sizes) {
    await page.setViewportSize({ width, height })
    await inBothThemes(page, `${name}-${width}x${height}`)
    await furtherDown(page, `${name}-${width}x${height}`)
  }
  if (before !== null) await page.setViewportSize(before)
  process.stderr.write(`${name}\n`)
}

/** A screen after the other, light. */
async function furtherDown(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' })
  // Whether there was more to come to.
  const scroll = (screens: number): Promise<boolean> =>
    page.evaluate(
      `(() => {
        const main = document.querySelector('main')
        const to = ${screens} * (main.clientHeight - 40)
        main.scrollTop = to
        return main.scrollTop > to - main.clientHeight + 41
      })()`,
    )
  for (let screens = 1; screens <= mostScreens && (await scroll(screens)); screens++) {
    await settled(page)
    await page.screenshot({ path: join(pictures, `${name}-down${screens}.png`), animations: 'disabled' })
  }
  await scroll(0)
}

/** The window as it stands. */
async function inBothThemes(page: Page, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    await page.locator(`html[data-theme=${theme}]`).waitFor({ state: 'attached' })
    await settled(page)
    // Nothing under the pointer, nothing half-way through a transition.
    await page.mouse.move(0, 0)
    await page.screenshot({ path: join(pictures, `${name}-${theme}.png`), animations: 'disabled' })
  }
}

async function show(page: Page, view: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view }).click()
  await page.locator('main h1').waitFor()
}

async function importFolder(page: Page, folder: string): Promise<void> {
  await page.keyboard.press('Control+i')
  await page.getByLabel('Path').fill(folder)
  await page.getByLabel('Path').press('Enter')
  await page.getByRole('button', { name: 'Use this folder' }).click()
  const confirm = page.getByRole('button', { name: /^Import \d/ })
  await confirm.waitFor({ timeout: 60_000 })
  await picture(page, 'import')
  await confirm.click()
  await page
    .getByRole('button', { name: /^Sample / })
    .first()
    .waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Close message' }).click()
  await picture(page, 'data')
}

/** From the Model view; answers once the run has begun. */
async function startRun(page: Page, name: string, seed: string): Promise<void> {
  await page.getByLabel('Joint training', { exact: true }).fill('12')
  await page.getByLabel('Seed', { exact: true }).fill(seed)
  await page.getByLabel('Name of the run').fill(name)
  await page.locator('main button:has-text("Start training"):enabled').waitFor()
  if (name === 'Anchored') await picture(page, 'model')
  await page.getByRole('button', { name: 'Start training' }).click()
  await page.getByRole('progressbar', { name: `Training of ${name}` }).waitFor()
}

/** Each node tied to a column of which a twentieth is known. */
async function anchorNodes(page: Page): Promise<void> {
  for (const [i, column] of ['hue', 'radius', 'shift'].entries())
    await page.getByLabel(`Anchor of N${i + 1}`).selectOption({ label: `${column} (2 values)` })
}

async function done(page: Page, run: string): Promise<void> {
  await show(page, 'Runs')
  await page.getByRole('row', { name: run }).getByText('done').waitFor({ timeout: trainingTakes })
}

async function takeAll(page: Page, folder: string): Promise<void> {
  await page.getByRole('button', { name: /^Engine: \w+ · / }).waitFor({ timeout: 60_000 })
  await picture(page, 'start')
  await importFolder(page, folder)
  await show(page, 'Model')
  await anchorNodes(page)
  await startRun(page, 'Anchored', '1')
  // Clusters and edges form in the last third.
  await page
    .getByText(/epoch (2[6-9]|3\d) of \d+/)
    .first()
    .waitFor({ timeout: trainingTakes })
  await picture(page, 'training')
  await done(page, 'Anchored')
  await show(page, 'Model')
  await page.getByRole('button', { name: 'Defaults' }).click()
  await page.getByLabel('Name of node 3').waitFor()
  await startRun(page, 'Without labels', '2')
  await done(page, 'Without labels')
  await page.getByLabel('All runs').check()
  await page.getByRole('tab', { name: 'Curves' }).click()
  await picture(page, 'runs')
  await page.getByRole('button', { name: 'Anchored', exact: true }).click()
  await page.getByRole('main').getByRole('button', { name: 'Graph', exact: true }).click()
  await page.getByText('Layered', { exact: true }).waitFor()
  await picture(page, 'graph')
  await show(page, 'Clusters')
  await picture(page, 'clusters')
}

/** A run's view that only its method has. */
async function picturesOf(page: Page, run: string, view: string): Promise<void> {
  await show(page, 'Runs')
  await page.getByRole('button', { name: run, exact: true }).dblclick()
  await page.getByRole('navigation', { name: 'Views' }).locator('[aria-current=page]').getByText(view).waitFor()
  await page.locator('main h1 + p').waitFor()
  await picture(page, view.toLowerCase())
}

/** What is looked at, and is not in the documentation. */
async function takeFurther(page: Page, home: string): Promise<void> {
  await show(page, 'Graph')
  await page.getByRole('button', { name: 'Replicate…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('spinbutton', { name: 'Replicates' }).fill('2')
  await picture(page, 'replicate')
  await dialog.getByRole('button', { name: 'Start' }).click()
  const replicates = page.getByRole('progressbar', { name: 'Replicates' })
  await replicates.waitFor()
  await replicates.waitFor({ state: 'detached', timeout: trainingTakes })
  await picture(page, 'graph-replicated')
  await page
    .getByRole('button', { name: /^Node / })
    .first()
    .focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Alt+4')
  await page.getByRole('region', { name: /^If / }).first().waitFor({ timeout: 60_000 })
  await picture(page, 'what-if')
  await show(page, 'Training')
  await picture(page, 'training-ended')
  await otherMethods(page, home)
  await picturesOf(page, 'On blobs-lines', 'Components')
  await picturesOf(page, 'On mmlsyn', 'Prediction')
  await page.getByRole('button', { name: 'Tell new samples…' }).click()
  await picture(page, 'tell')
}

async function main(): Promise<void> {
  const executable = findChromium()
  if (executable === null) throw new Error('No Chromium, Chrome or Edge is installed: name one in CHROME_PATH.')
  if (pageIsStale()) await buildPage()
  mkdirSync(pictures, { recursive: true })
  const home = mkdtempSync(join(tmpdir(), 'causalscope-screenshots-'))
  mkdirSync(join(home, 'Documents'))
  process.env.HOME = home
  const host = new ChromiumHost({ executable, headless: true })
  const app = new CausalscopeApp(host, {
    version: (await readManifest()).version,
    settings: new UserSettings(join(home, 'settings')),
    page: join(root, 'out', 'renderer'),
    log: (message) => process.stderr.write(`${message}\n`),
  })
  try {
    await host.open(app)
    await host.page.locator('main h1').waitFor()
    await takeAll(host.page, await laboratoryFolder(home))
    if (sizes.length > 0) await takeFurther(host.page, home)
  } finally {
    await host.close()
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

await main()
