import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'
import { importStudy, trainStudy } from './collider-study.ts'

test.setTimeout(180_000)

test('follows a run, pauses it, goes on, looks elsewhere, stops and resumes it', async ({ app, home }) => {
  const { page } = app
  await importStudy(page, home)
  await page.keyboard.press('Control+4')
  await expect(page.getByText('Nothing has been trained yet')).toBeVisible()
  await expectAccessible(page)

  await trainStudy(page, { name: 'Long', pretrainEpochs: 6, epochs: 400 })
  await trainStudy(page, { name: 'Next' })
  const title = page.getByRole('heading', { level: 1 })
  await expect(title).toHaveText('Learning clusters and graph', { timeout: 90_000 })
  await expect(page.getByRole('progressbar', { name: 'Training of Long' })).toBeVisible()
  await expect(page.getByRole('group', { name: 'ELBO by epoch' })).toBeVisible()
  await expect(page.getByRole('list', { name: 'ELBO by epoch: values' })).toContainText('Validation')
  for (const term of ['reconstruction of images', 'reconstruction of curves', 'clusterEvidence', 'posteriorEntropy'])
    await expect(page.getByRole('group', { name: `${term} by epoch, nats` })).toBeVisible()
  await expect(page.getByRole('img', { name: /^Graph so far\. 3 nodes: Heat, Load, Density\. Edges: / })).toBeVisible()
  await expect(page.getByRole('img', { name: /^Latent positions of .* clusters$/ })).toBeVisible()
  await expect(page.getByRole('img', { name: /^images of p\d+, rebuilt/ }).first()).toBeVisible()
  await expect(page.getByRole('main').getByText('WebAssembly')).toBeVisible()

  await page.keyboard.press('Control+p')
  await expect(title).toHaveText('Long is paused')
  await expectAccessible(page)
  const epochOf = async (): Promise<number> =>
    Number(/epoch (\d+) of/.exec(await page.getByRole('main').innerText())?.[1])
  const pausedAt = await epochOf()
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect.poll(epochOf).toBeGreaterThan(pausedAt)

  // Looking elsewhere stops nothing.
  await page.keyboard.press('Control+2')
  await expect(page.getByRole('contentinfo')).toContainText('Long trains')
  await page.keyboard.press('Control+4')
  await expect(title).toHaveText('Learning clusters and graph')
  const before = await epochOf()
  await expect.poll(epochOf).toBeGreaterThan(before)

  await page.getByRole('radio', { name: 'Log' }).check({ force: true })
  await expect(page.getByText(/^Mixture 1 of 1/)).toBeVisible()

  await page.getByRole('button', { name: 'Take Next out of the queue' }).click()
  await expect(page.getByText('Next is out of the queue.')).toBeVisible()
  await page.keyboard.press('Control+.')
  await expect(title).toHaveText('Long was stopped')
  await expectAccessible(page)
  await page.getByRole('main').getByRole('button', { name: 'Resume' }).click()
  await expect(title).toHaveText('Learning clusters and graph', { timeout: 60_000 })
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(title).toHaveText('Long was stopped')
  expect(app.log).toEqual([])
})

test('says why a run of an earlier version takes no more epochs, before it is asked to', async ({ start, home }) => {
  const project = join(home, 'older.causalscope')
  await cp(join(import.meta.dirname, '..', 'fixtures', 'older-project'), home, { recursive: true })
  const { page, log } = await start({ project })
  await page.keyboard.press('Control+4')
  await expect(page.getByText(/^Not converged/)).toContainText('The model of run 1 is not kept')
  const more = page.getByRole('button', { name: 'Go on: 20 more epochs' })
  await expect(more).toBeDisabled()
  await expect(more).toHaveAccessibleDescription(/The model of run 1 is not kept/)
  await more.focus()
  await page.keyboard.press('Enter')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Train longer anew...' }).click()
  await expect(page.getByText(/copied from Run 1/)).toBeVisible()
  await page.keyboard.press('Control+7')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('1 run')
  expect(log).toEqual([])
})
