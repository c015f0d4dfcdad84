import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'

test.setTimeout(120_000)

const entry = join(import.meta.dirname, '..', '..', 'src-main', 'cli.ts')

test('chooses a label, switches a term off, watches the risk with its parts, and reads how the label is told', async ({
  app,
  home,
}) => {
  const { page } = app
  const command = (...args: string[]) => promisify(execFile)(process.execPath, [entry, ...args], { cwd: home })
  await command('synth', 'circles', '--out', 'pictures', '--samples', '20')
  await command('import', 'pictures', '--project', 'lab.causalscope')
  await command('synth', 'mmlsyn', '--out', 'data', '--samples', '150')
  await command('import', 'data', '--project', 'lab.causalscope')
  await app.openPath(join(home, 'lab.causalscope'))
  await expect(page.getByText('150 samples').first()).toBeVisible()

  await page.keyboard.press('Control+3')
  await page.getByRole('radio', { name: /Causal complete/ }).check({ force: true })
  const start = page.getByRole('button', { name: 'Start training' })
  await expect(page.getByText(/No label was chosen/).first()).toBeVisible()
  await expect(start).toBeDisabled()
  await page.getByLabel('Label', { exact: true }).selectOption({ label: 'label: 2 classes' })
  await page.getByLabel('The instrument counts').uncheck()
  await page.getByLabel('Epochs', { exact: true }).fill('4')
  await page.getByLabel('Batch size').fill('64')
  await expectAccessible(page)
  await start.click()

  await expect(page.getByText('Risk: label not found', { exact: true })).toBeVisible({ timeout: 120_000 })
  await expect(page.getByText('Risk: twin keeps it', { exact: true })).toBeVisible()
  await expect(page.getByText('100 %').first()).toBeVisible({ timeout: 120_000 })
  await expectAccessible(page)

  await page.getByRole('button', { name: 'See the prediction' }).click({ timeout: 60_000 })
  await expect(page.getByRole('heading', { name: /label is told right for|No sign that the measurements tell/ })).toBeVisible() // prettier-ignore
  await expect(page.getByText('gaussian 5').first()).toBeVisible()
  await expect(page.getByRole('group', { name: /^Structural causal model\. first to Z: learned: alone/ })).toBeVisible()
  const fragile = page.getByRole('group', { name: 'Most fragile samples' })
  await expect(fragile.getByRole('row')).toHaveCount(13)
  await expect(fragile.getByRole('img', { name: /^first of [^,]+$/ }).first()).toBeVisible()
  await expect(fragile.getByRole('img', { name: /first of .*, changed$/ }).first()).toBeVisible()
  await expect(page.getByRole('img', { name: /^Reliability, As trained: sure by/ })).toBeVisible()
  await expect(page.getByRole('cell', { name: 'missing' }).first()).toBeVisible()
  await expect(page.getByText(/Switched off: instrument/)).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Tell new samples…' }).click()
  const telling = page.getByRole('dialog', { name: 'Tell label of new samples' })
  await expect(telling.getByRole('option', { name: 'pictures: 20 samples (does not fit)' })).toBeDisabled()
  await expect(telling.getByText(/^pictures: The data set pictures has none of the modalities/)).toBeVisible()
  await expectAccessible(page)
  await telling.getByRole('button', { name: 'Tell…' }).click()
  await page
    .getByRole('dialog', { name: 'Write label of each sample as CSV' })
    .getByRole('button', { name: 'Save' })
    .click()
  await expect(page.getByText(/label of 150 samples of data: 0 \d+, 1 \d+/)).toBeVisible({ timeout: 60_000 })
  await expectAccessible(page)
})
