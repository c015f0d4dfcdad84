import { join } from 'node:path'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'
import { importStudy, trainStudy, untilDone } from './collider-study.ts'
import { giveRivalReading } from './rival-readings.ts'

test.setTimeout(180_000)

test('shows readings that fit equally side by side, and which samples to label', async ({ start, home }) => {
  const project = join(home, 'Documents', 'press.causalscope')
  const first = await start()
  await importStudy(first.page, home)
  await trainStudy(first.page, { name: 'First' })
  await untilDone(first.page, 'First')
  await first.close()
  await giveRivalReading(project)

  const { page } = await start({ project })
  await page.keyboard.press('Control+5')
  await expect(page.getByText('Two readings of the clusters fit equally; they share Heat and Density.')).toBeVisible()
  await expect(page.getByText(/labels of Load for a few samples would \(p\d+, p\d+/)).toBeVisible()
  await page.getByRole('button', { name: 'Compare the readings' }).first().click()

  const panel = page.getByRole('region', { name: 'Readings of the clusters' })
  const [own, rival] = [
    panel.getByRole('region', { name: 'Reading A' }),
    panel.getByRole('region', { name: 'Reading B' }),
  ]
  await expect(own.getByText('residual 0.510')).toBeVisible()
  await expect(rival.getByText('residual 0.511')).toBeVisible()
  await expect(own.getByRole('img', { name: /^Reading A: / })).toBeVisible()
  await expect(rival.getByRole('img', { name: /^Reading B: .*Load \(B\)/ })).toBeVisible()
  await expect(rival.getByText('shared')).toHaveCount(2)
  await expect(rival.getByText('only in B')).toBeVisible()
  const hot = 'with Heat = hot, Density = porous'
  await expect(own.getByRole('img', { name: `images decoded for Load = high, ${hot}` })).toBeVisible()
  await expect(rival.getByRole('img', { name: `images decoded for Load (B) = high, ${hot}` })).toBeVisible()
  const settle = panel.getByRole('region', { name: 'Samples to label' })
  await expect(settle.getByRole('row')).toHaveCount(5)
  await expect(settle.getByRole('row', { name: /^p\d+, p\d+ Load = high Load \(B\) = low/ })).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Back to the graph' }).click()
  await expect(page.getByRole('region', { name: 'Inspector' })).toBeVisible()
})
