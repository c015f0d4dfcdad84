/** One run, one truth: what a finished run shows is the same wherever it is shown, and what speaks against it is said. */
import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'
import { importStudy, trainStudy, untilDone } from './collider-study.ts'

test.setTimeout(240_000)

/** A number as the window writes it, with a minus sign of its own. */
const shown = (text: string): number => Number(text.replace('−', '-'))

test('a finished run says the same in the training view, the graph view and the table of runs', async ({
  app,
  home,
}) => {
  const { page } = app
  await importStudy(page, home)
  await trainStudy(page, { name: 'First' })
  await untilDone(page, 'First')
  await expect(page.getByText(/^result, epoch [5-7] of 7$/)).toHaveCount(2)
  const elbo = shown(await page.getByRole('main').locator('.now').innerText())
  const small = page.getByRole('img', { name: /^Graph\. 3 nodes/ })
  await expect(small).toBeVisible()
  const told = (await small.getAttribute('aria-label'))?.replace(/^Graph\. /, '')
  await expectAccessible(page)

  await page.keyboard.press('Control+5')
  await expect(page.getByRole('group', { name: `Learned graph of First. ${told}` })).toBeVisible()
  const steps = page.getByRole('region', { name: 'What to do next' })
  await expect(steps.getByRole('button', { name: 'Ask a what-if', exact: true })).toBeVisible()
  await steps.getByRole('button', { name: 'Ask a what-if' }).press('Enter')
  await page.getByRole('button', { name: 'Back to the graph' }).click()
  await expect(steps.getByRole('button', { name: 'Ask a what-if (done)' })).toBeVisible()

  await page.keyboard.press('Control+7')
  const row = page.getByRole('row', { name: /First/ })
  const apart = async (): Promise<number> =>
    Math.min(
      ...(await row.getByRole('cell').allInnerTexts())
        .map((cell) => Math.abs(shown(cell) - elbo))
        .filter(Number.isFinite),
    )
  await expect.poll(apart, `${elbo} in the training view, in the row as well`).toBeLessThan(0.06)
})

test('a run whose score was still rising goes on with its model, in a run of its own', async ({ app, home }) => {
  const { page } = app
  await importStudy(page, home)
  await trainStudy(page, { name: 'Early', epochs: 6, learningRate: 1e-4 })
  await untilDone(page, 'Early')
  await expect(page.getByText(/^Not converged: the ELBO was still rising/)).toBeVisible()
  await page.getByRole('button', { name: 'Go on: 20 more epochs' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Early, 20 more epochs is done', { timeout: 90_000 })
  // Its curve begins with the earlier run's.
  await expect(page.getByText(/^result, epoch \d+ of 30$/).first()).toBeVisible()
  const chart = page.getByRole('group', { name: 'ELBO by epoch' })
  await chart.focus()
  await page.keyboard.press('Home')
  await expect(page.getByRole('list', { name: 'ELBO by epoch: values' })).toContainText('epoch 1')
  await page.keyboard.press('Control+7')
  await page.getByRole('button', { name: 'Early, 20 more epochs', exact: true }).click()
  await page.getByRole('tab', { name: 'How it was made' }).click()
  await expect(page.getByText(/^the model of run 1, 10 epochs; SHA-256 of its checkpoint [0-9a-f]{64}$/)).toBeVisible()
})

test('a run that rebuilds nothing is not done in green, and a rate that cannot work is asked about', async ({
  app,
  home,
}) => {
  const { page } = app
  await importStudy(page, home)
  await trainStudy(page, { name: 'Wild', learningRate: 0.9 })
  await page.keyboard.press('Control+4')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Wild is done and found nothing', {
    timeout: 120_000,
  })
  await expect(page.getByText('The model rebuilds the measurements no better than their mean')).toBeVisible()
  await page.keyboard.press('Control+7')
  await expect(page.getByRole('row', { name: /Wild/ })).toContainText('done, found nothing')
  await page.getByRole('button', { name: 'Duplicate with changes' }).click()
  await expect(page.getByText(/A learning rate of 0.9 is 900 times the usual/)).toBeVisible()
  await page.getByRole('button', { name: 'Start training' }).click()
  const question = page.getByRole('alertdialog', { name: 'Train with this all the same?' })
  await expectAccessible(page)
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What should be looked for?')
})
