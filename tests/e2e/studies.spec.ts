import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'
import { importLattice } from './lattice-project.ts'
import { setShortTraining } from './short-training.ts'

test.setTimeout(120_000)

test('a study is set up from the model, by keyboard, runs to its end and names the best setting', async ({
  app,
  home,
}) => {
  const { page } = app
  await importLattice(page, home)
  await page.keyboard.press('Control+3')
  await setShortTraining(page)
  await page.keyboard.press('Control+7')
  await page.getByRole('button', { name: 'Studies…' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Studies' })
  const begin = dialog.getByRole('button', { name: 'Start study' })
  await expect(begin).toBeDisabled()
  await dialog.getByLabel('Settings that differ').fill('latent.sise=2,3')
  await dialog.getByLabel('Seeds of each setting').fill('1')
  await begin.press('Enter')
  await expect(page.getByText('There is no setting "latent.sise".')).toBeVisible()
  await dialog.getByLabel('Settings that differ').fill('latent.size=2,3')
  await begin.press('Enter')
  await expect(dialog.getByRole('button', { name: 'Stop study' })).toBeVisible()
  await expect(dialog.getByRole('combobox', { name: 'Study' })).toContainText('Study 1, 2 of 2 runs', {
    timeout: 100_000,
  })
  const settings = dialog.getByRole('group', { name: 'Settings of Study 1' })
  await expect(settings.getByRole('row')).toHaveCount(3)
  await expect(settings.getByRole('row').filter({ hasText: '1 of 1' })).toHaveCount(2)
  await expect(dialog.getByText(/^Best by score/)).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('tab', { name: 'Table' }).press('ArrowRight')
  await expect(dialog.getByRole('group', { name: /of the runs of Study 1$/ })).toBeVisible()
  await expect(
    dialog.getByRole('list', { name: 'Settings of the curves' }).getByText(/best run drawn thick/),
  ).toHaveCount(1)
  await expectAccessible(page)
  await page.keyboard.press('ArrowRight')
  const axes = dialog.getByRole('img', { name: 'score of each run of Study 1 by its settings' })
  await expect(axes.locator('polyline')).toHaveCount(2)
  await expect(axes.locator('polyline.best title')).toContainText(/^latent.size [23], seed \d+: /)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Open the best run' }).press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Runs')
  await page.keyboard.press('Control+7')
  await expect(page.getByRole('row').filter({ hasText: 'Study 1: latent.size 2' })).toContainText('done')
})
