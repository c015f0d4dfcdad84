import { readdir } from 'node:fs/promises'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'
import { importLattice } from './lattice-project.ts'
import { setShortTraining } from './short-training.ts'
import { ownCluster } from './own-cluster.ts'

test.setTimeout(180_000)

test('a study is trained on a cluster, its queue is shown, and a refusal is in the cluster’s words', async ({
  home,
  start,
  hostKind,
}) => {
  test.skip(
    hostKind === 'electron' || process.platform !== 'linux',
    'the cluster’s commands are scripts of this process',
  )
  const { shared, letRun, release } = ownCluster(home)
  try {
    const { page } = await start()
    await importLattice(page, home)
    await page.keyboard.press('Control+3')
    await setShortTraining(page)
    await page.keyboard.press('Control+7')
    await page.getByRole('button', { name: 'Studies…' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Studies' })
    await dialog.getByLabel('Settings that differ').fill('latent.size=2,3')
    await dialog.getByLabel('Seeds of each setting').fill('1')
    await dialog.getByRole('radio', { name: 'Slurm cluster' }).check()
    const begin = dialog.getByRole('button', { name: 'Start study' })
    await begin.press('Enter')
    await expect(page.getByText('No folder is named for the tasks of the cluster.')).toBeVisible()
    await dialog.getByLabel('Folder for the tasks').fill(shared)
    await dialog.getByLabel('Partition').fill('gone')
    await dialog.getByLabel('Account').focus()
    await expectAccessible(page)
    await begin.press('Enter')
    await expect(page.getByText(/invalid partition specified: gone/)).toBeVisible()
    await expect(page.getByText(/Its partitions are short, long\./)).toBeVisible()
    await dialog.getByLabel('Partition').fill('short')
    await dialog.getByLabel('Account').focus()
    await begin.press('Enter')
    await dialog.getByRole('tab', { name: 'Tasks' }).click()
    const tasks = dialog.getByRole('group', { name: 'Tasks of Study 1' })
    await expect(tasks.getByRole('row').filter({ hasText: 'on the cluster' })).toHaveCount(2, { timeout: 30_000 })
    await expect(tasks.getByRole('row').filter({ hasText: 'node7' })).not.toHaveCount(0, { timeout: 30_000 })
    await expectAccessible(page)
    letRun()
    await expect(dialog.getByText('2 done', { exact: true })).toBeVisible({ timeout: 120_000 })
    await expect(dialog.getByRole('combobox', { name: 'Study' })).toContainText('Study 1, 2 of 2 runs')
    expect(await readdir(shared)).toEqual([])
  } finally {
    release()
  }
})
