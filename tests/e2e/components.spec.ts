import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'

test.setTimeout(240_000)

const entry = join(import.meta.dirname, '..', '..', 'src-main', 'cli.ts')

test('sets up the partial causal model, watches it, looks along a component and names it', async ({ app, home }) => {
  const { page } = app
  const command = (...args: string[]) => promisify(execFile)(process.execPath, [entry, ...args], { cwd: home })
  await command('synth', 'blobs-lines', '--out', 'data', '--samples', '150')
  await command('import', 'data', '--project', 'lab.causalscope')
  await app.openPath(join(home, 'lab.causalscope'))
  await expect(page.getByText('150 samples').first()).toBeVisible()

  await page.keyboard.press('Control+8')
  await expect(page.getByText('No components yet')).toBeVisible()
  await page.keyboard.press('Control+3')
  await page.getByRole('radio', { name: /Partial causal model/ }).check({ force: true })
  await page.getByLabel('Latent size').fill('3')
  await page.getByLabel('Training', { exact: true }).fill('20')
  await page.getByLabel('Batch size').fill('64')
  // The window draws another seed for every run; what components come back as is said of this one.
  await page.getByLabel('Seed', { exact: true }).fill('1')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Start training' }).click()
  await page.getByRole('button', { name: 'See the components' }).click({ timeout: 120_000 })

  await expect(page.getByRole('heading', { name: 'Partial causal graph' })).toBeVisible()
  const graph = page.getByRole('group', { name: /^Partial causal graph\. .* share at least .* in no stated direction/ })
  await expect(graph).toBeVisible()
  const strip = page.getByRole('group', { name: 'Samples along C1' })
  await expect(strip.getByRole('img')).toHaveCount(14)
  await expectAccessible(page)
  // A component stands at both measurements; an arrow key goes across to its other side.
  const sides = graph.getByRole('button', { name: /^C2 of .*: shared, provisional$/ })
  await sides.first().click()
  await expect(page.getByRole('group', { name: 'Samples along C2' })).toBeVisible()
  await expect(sides.and(page.locator('[aria-pressed=true]'))).toHaveCount(2)
  await graph
    .getByRole('button', { name: /^C1 of / })
    .first()
    .focus()
  await page.keyboard.press('ArrowDown')
  await expect(graph.getByRole('button', { name: /^C1 of / }).last()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(strip).toBeVisible()
  await graph
    .getByRole('button', { name: / alone: .* of its variance/ })
    .first()
    .click()
  await expect(strip).toBeHidden()
  const list = page.getByRole('list', { name: 'Components', exact: true })
  await list.getByRole('button', { name: /^C2/ }).click()
  await page.getByLabel('Name', { exact: true }).fill('Width')
  await page.getByLabel('Name', { exact: true }).press('Tab')
  await expect(list.getByRole('button', { name: /^Width/ })).toBeVisible()
  await expect(graph.getByRole('button', { name: /^Width of / })).toHaveCount(2)
  await expect(page.getByRole('group', { name: 'Samples along Width' })).toBeVisible()

  await page.getByRole('button', { name: 'Compare with a truth…' }).click()
  const files = page.getByRole('dialog', { name: 'A truth.json with known latents' })
  await files.getByLabel('Path').fill(join(home, 'data', 'truth.json'))
  await files.getByLabel('Path').press('Enter')
  const truth = page.getByRole('dialog', { name: 'Components beside the truth' })
  await expect(truth.getByRole('row').filter({ hasText: 'offset' })).toContainText('curves P1')
  await expectAccessible(page)
  await truth.getByRole('button', { name: 'Close' }).last().click()

  await expect(page.getByText('no replicate has tested it yet')).toBeVisible()
  await page.getByRole('button', { name: 'Replicate…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Test what returns' })
  await dialog.getByRole('spinbutton', { name: 'Replicates' }).fill('2')
  await dialog.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByText('2 replicates', { exact: true })).toBeVisible({ timeout: 120_000 })
  // The two measurements of these samples share nothing.
  await expect(list.getByRole('button', { name: /^Width.*not supported/ })).toBeVisible()
  await expect(
    page.getByRole('group', { name: /^Partial causal graph.*no single component is supported/ }),
  ).toBeVisible()
  await expectAccessible(page)

  // From the table of runs its own view is a click away, and a double click.
  await page.keyboard.press('Control+7')
  const name = page.getByRole('row').getByRole('button', { name: 'Run 1', exact: true })
  await name.click()
  await page.getByRole('main').getByRole('button', { name: 'Components', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Partial causal graph' })).toBeVisible()
  await page.keyboard.press('Control+7')
  await name.dblclick()
  await expect(page.getByRole('heading', { name: 'Partial causal graph' })).toBeVisible()
})
