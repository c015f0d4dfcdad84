/**
 * What a scientist does, from a first look to the day after the program was killed, with mouse and keyboard alone and in
 * the program that `npm start` runs. Traces with pictures of every step are kept: npx playwright show-trace journey.zip.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { expect, test as base } from './app.ts'
import { parts, provisionalFinding, samples, writeStudy } from './collider-study.ts'
import { type KillableApp, startKillable } from './killable-app.ts'

interface Program {
  /** The program of `npm start`, recorded into a trace of this name; none is left running after the test. */
  readonly run: (trace: string) => Promise<KillableApp>
}

const test = base.extend<Program>({
  run: async ({ home }, use, testInfo) => {
    const ends: (() => Promise<void>)[] = []
    await use(async (trace) => {
      const app = await startKillable(home)
      const { tracing } = app.page.context()
      const path = testInfo.outputPath(trace)
      let ended: Promise<void> | null = null
      const endOnce = (end: () => Promise<void>) => (): Promise<void> => {
        ended ??= tracing.stop({ path }).finally(end)
        return ended
      }
      ends.push(endOnce(app.kill))
      // Lies where it belongs: attach() would copy it.
      testInfo.attachments.push({ name: trace, path, contentType: 'application/zip' })
      await tracing.start({ screenshots: true, snapshots: true })
      return { ...app, kill: endOnce(app.kill), close: endOnce(app.close) }
    })
    for (const end of ends) await end()
  },
})
test.setTimeout(300_000)

const withoutImage = 4
/** Long enough to be paused and looked at. */
const jointEpochs = 120

const title = (page: Page) => page.getByRole('heading', { level: 1 })
const view = (page: Page, name: string) => page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name })

/** As the training view's line under the title has it. */
async function epochOf(page: Page): Promise<number> {
  return Number(/epoch (\d+) of/.exec(await page.getByRole('main').innerText())?.[1])
}

async function seeTheSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Open the sample Mechanical MNIST/ }).click()
  await expect(title(page)).toHaveText('1,000 samples in Mechanical MNIST', { timeout: 180_000 })
  await page.getByRole('button', { name: /^Sample t00000/ }).click()
  const sample = page.getByRole('dialog', { name: 'Sample t00000' })
  await expect(sample.getByRole('img').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(sample).toBeHidden()
}

async function makeProject(page: Page): Promise<void> {
  await page.keyboard.press('Control+n')
  const dialog = page.getByRole('dialog', { name: 'New project' })
  await dialog.getByLabel('Name', { exact: true }).fill('press')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('This project has no data yet')).toBeVisible()
}

async function importParts(page: Page): Promise<void> {
  await page.keyboard.press('Control+i')
  await page.getByRole('list', { name: 'Places' }).getByRole('button', { name: 'Home' }).click()
  await page.getByRole('option', { name: /^parts/ }).click()
  await page.getByRole('button', { name: 'Use “parts”' }).click()
  await expect(title(page)).toHaveText(`${samples} samples paired`)
  const question = page.getByRole('group', { name: `${withoutImage} samples have no images` })
  await expect(page.getByRole('button', { name: `Import ${samples + withoutImage} samples` })).toBeEnabled()
  await question.getByText('Leave out').click()
  const confirm = page.getByRole('button', { name: `Import ${samples} samples` })
  await expect(confirm).toBeEnabled()
  await page.getByLabel('Name of the data set').fill('Parts')
  await confirm.click()
  await expect(title(page)).toHaveText(`${samples} samples in Parts`)
}

async function setUpModel(page: Page): Promise<void> {
  await page.keyboard.press('Control+3')
  const start = page.getByRole('button', { name: 'Start training' })
  await expect(start).toBeEnabled()
  // A node too many, looked at and thought better of.
  await page.getByRole('button', { name: 'Add node' }).click()
  await page.getByLabel('Categories of N4').fill('3')
  await expect(page.getByText('24 joint outcomes')).toBeVisible()
  await page.getByRole('button', { name: 'Remove N4' }).click()
  await expect(page.getByText('8 joint outcomes')).toBeVisible()
  for (const [i, name] of ['Heat', 'Load', 'Density'].entries()) {
    await page.getByLabel(`Name of node ${i + 1}`).fill(name)
    await page.getByLabel(`Anchor of ${name}`).selectOption({ label: `${name.toLowerCase()} (2 values)` })
  }
  await page.getByText(/^Advanced/).click()
  for (const [label, value] of [
    ['Pre-training', 4],
    ['Joint training', jointEpochs],
    ['Seed', 1],
    ['Batch size', 32],
    ['Patience', 0],
    ['Mixtures fitted', 1],
    ['Begin again at most', 0],
  ] as const)
    await page.getByLabel(label, { exact: true }).fill(String(value))
  await page.getByLabel('Name of the run').fill('First')
  await expect(start).toBeEnabled()
  await start.click()
}

async function train(page: Page): Promise<void> {
  await expect(title(page)).toHaveText('Learning clusters and graph', { timeout: 60_000 })
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(title(page)).toHaveText('First is paused')
  const pausedAt = await epochOf(page)
  expect(pausedAt).toBeLessThan(4 + jointEpochs)
  await page.keyboard.press('Control+2')
  await expect(page.getByRole('contentinfo')).toContainText('First paused')
  await page.keyboard.press('Control+4')
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect.poll(() => epochOf(page)).toBeGreaterThan(pausedAt)
  await expect(title(page)).toHaveText('First is done', { timeout: 90_000 })
}

async function readTheGraph(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'See the graph' }).click()
  await expect(title(page)).toHaveText(provisionalFinding())
  const inspector = page.getByRole('region', { name: 'Inspector' })
  await inspector.getByRole('button', { name: /^Heat — Density/ }).click()
  await expect(inspector.getByText('Edge strength')).toBeVisible()
  await expect(inspector.getByText('not tested yet')).toBeVisible()

  await page.getByRole('button', { name: /^Node Density/ }).click()
  await page.keyboard.press('F2')
  await page.getByRole('dialog', { name: 'Rename Density' }).getByLabel('Name of the node').fill('Compaction')
  await page.keyboard.press('Enter')
  await expect(title(page)).toHaveText(provisionalFinding('Compaction'))

  // Two nodes get places of their own; the second is taken back.
  const box = (await page.getByRole('button', { name: /^Node Compaction/ }).boundingBox())!
  await page.mouse.move(box.x + 30, box.y + 20)
  await page.mouse.down()
  await page.mouse.move(box.x + 130, box.y + 60, { steps: 5 })
  await page.mouse.up()
  await expect(page.getByRole('button', { name: /^Node Compaction, pinned/ })).toBeVisible()
  await page.getByRole('button', { name: /^Node Heat/ }).focus()
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(page.getByRole('button', { name: /^Node Heat, pinned/ })).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('button', { name: /^Node Heat:/ })).toBeVisible()

  // The name as well, back and forth.
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('button', { name: /^Node Compaction:/ })).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(title(page)).toHaveText(provisionalFinding())
  await page.keyboard.press('Control+Shift+z')
  await expect(title(page)).toHaveText(provisionalFinding('Compaction'))
  await page.keyboard.press('Control+Shift+z')
  await expect(page.getByRole('button', { name: /^Node Compaction, pinned/ })).toBeVisible()
}

async function exportSelection(page: Page, home: string): Promise<void> {
  await page.keyboard.press('Control+6')
  const plot = page.getByRole('group', { name: /samples in the plane/ })
  await expect(plot).toHaveAttribute('data-renderer', /webgl|canvas/)
  await page.getByText('Lasso', { exact: true }).click()
  const { x, y, width, height } = (await plot.boundingBox())!
  const corners = [
    [0.5, 0.01],
    [0.99, 0.01],
    [0.99, 0.99],
    [0.5, 0.99],
  ] as const
  await page.mouse.move(x + 0.5 * width, y + 0.01 * height)
  await page.mouse.down()
  for (const [right, down] of corners) await page.mouse.move(x + right * width, y + down * height, { steps: 4 })
  await page.mouse.up()
  const details = page.getByRole('region', { name: 'Details' })
  await expect(details.getByRole('list', { name: 'Selected samples' }).getByRole('button')).not.toHaveCount(0)
  const chosen = Number(/(\d+) samples/.exec(await details.innerText())?.[1])
  expect(chosen).toBeGreaterThan(0)
  expect(chosen).toBeLessThan(samples)

  await details.getByRole('button', { name: 'Export CSV…' }).click()
  const dialog = page.getByRole('dialog', { name: `Export ${chosen} samples as CSV` })
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(`${chosen} samples written to`)).toBeVisible()
  const text = await readFile(join(home, 'Documents', 'selection.csv'), 'utf8')
  const rows = parse<Record<string, string>>(text, { columns: true, bom: true })
  expect(rows).toHaveLength(chosen)
  const heat = new Map(parts().map((part) => [part.id, part.heat === 1 ? 'hot' : 'cold']))
  expect(new Set(rows.map((row) => row.id)).size).toBe(chosen)
  for (const row of rows) expect(row.heat).toBe(heat.get(row.id ?? ''))
  expect(Object.keys(rows[0]!)).toContain('Compaction')
}

/** A run that would go on for hours; answers an epoch that it has passed. */
async function trainForHours(page: Page): Promise<number> {
  await page.keyboard.press('Control+3')
  await page.getByLabel('Joint training', { exact: true }).fill('100000')
  await page.getByLabel('Name of the run').fill('Long')
  const start = page.getByRole('button', { name: 'Start training' })
  await expect(start).toBeEnabled()
  await start.click()
  await expect(title(page)).toHaveText('Learning clusters and graph', { timeout: 60_000 })
  await expect.poll(() => epochOf(page)).toBeGreaterThan(6)
  return await epochOf(page)
}

async function findEverything(page: Page): Promise<void> {
  await page
    .getByRole('region', { name: 'Recent projects' })
    .getByRole('button', { name: /^press/ })
    .click()
  await view(page, 'Data').click()
  await expect(title(page)).toHaveText(`${samples} samples in Parts`)
  await expect(page.getByRole('button', { name: /^Sample p000/ })).toBeVisible()
  await view(page, 'Runs').click()
  await expect(title(page)).toHaveText('2 runs')
  const rows = page.getByRole('row')
  await expect(rows.filter({ hasText: 'First' })).toContainText('done')
  await expect(rows.filter({ hasText: 'Long' })).toContainText('interrupted')
  await view(page, 'Graph').click()
  await expect(title(page)).toHaveText(provisionalFinding('Compaction'))
  await expect(page.getByRole('button', { name: /^Node Compaction, pinned/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Node Heat:/ })).toBeVisible()
  // What was done before the kill can still be taken back.
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect(title(page)).toHaveText(provisionalFinding())
  await page.keyboard.press('Control+Shift+z')
  await expect(title(page)).toHaveText(provisionalFinding('Compaction'))
}

async function goOn(page: Page, passed: number): Promise<void> {
  await view(page, 'Training').click()
  await expect(title(page)).toHaveText('Long was stopped')
  // A checkpoint is written at the end of each epoch: at most the one under way is lost.
  expect(await epochOf(page)).toBeGreaterThanOrEqual(passed - 1)
  await page.getByRole('main').getByRole('button', { name: 'Resume' }).click()
  await expect(title(page)).toHaveText('Learning clusters and graph', { timeout: 60_000 })
  await expect.poll(() => epochOf(page)).toBeGreaterThan(passed)
  await page.keyboard.press('Control+.')
  await expect(title(page)).toHaveText('Long was stopped')
}

test('from the first look at the sample to a study that is all there after a hard kill', async ({
  run,
  home,
  hostKind,
}) => {
  test.skip(hostKind === 'electron', 'the program that is killed runs in the Chromium host')
  test.skip(process.platform === 'win32', 'programs are killed with their trainers by process groups')
  await writeStudy(home, { withoutImage })
  const { page, ...app } = await run('journey.zip')
  await test.step('looks at the sample', () => seeTheSample(page))
  await test.step('makes a project', () => makeProject(page))
  await test.step('imports a folder', () => importParts(page))
  await test.step('sets up a model', () => setUpModel(page))
  await test.step('trains, pauses, goes on', () => train(page))
  await test.step('reads the graph', () => readTheGraph(page))
  await test.step('exports a selection', () => exportSelection(page, home))
  const passed = await test.step('trains for hours', () => trainForHours(page))
  expect(app.complaints()).toEqual([])
  await app.kill()

  const again = await run('after-the-kill.zip')
  await test.step('finds everything', () => findEverything(again.page))
  await test.step('goes on', () => goOn(again.page, passed))
  expect(again.complaints()).toEqual([])
  await again.close()
})
