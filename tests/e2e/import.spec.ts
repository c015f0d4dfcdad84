import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'
import { samples, writeLatticeFolder } from './lattice-folder.ts'

/** Through the in-app dialog, with the keyboard alone: to the folder of this name in the home folder. */
async function openFolderByKeyboard(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+i')
  const list = page.getByRole('listbox', { name: 'Files and folders' })
  await expect(list).toBeFocused()
  await page.keyboard.type(name)
  await expect(page.getByRole('option', { name: new RegExp(`^${name}`) })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Path')).toHaveValue(new RegExp(`${name}$`))
  await page.getByRole('button', { name: 'Use this folder' }).press('Enter')
}

test('imports a folder of PNGs and CSV by the dialog, and leaves out what has no partner', async ({ app, home }) => {
  const { page } = app
  await writeLatticeFolder(home)
  await openFolderByKeyboard(page, 'lattice')

  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${samples - 3} samples paired`)
  await expect(page.getByText('2 samples have no images').first()).toBeVisible()
  await expect(page.getByRole('button', { name: `Import ${samples} samples` })).toBeEnabled()
  await expectAccessible(page)

  // Nothing is imported before it is confirmed.
  await page.getByRole('navigation').getByRole('button', { name: 'Model' }).click()
  await expect(page.getByText('A model needs data')).toBeVisible()
  await page.getByRole('navigation').getByRole('button', { name: 'Data' }).click()

  await page.getByRole('group', { name: '2 samples have no images' }).getByText('Leave out').click()
  const confirm = page.getByRole('button', { name: `Import ${samples - 3} samples` })
  await expect(confirm).toBeEnabled()
  await page.getByLabel('Name of the data set').fill('Lattices')
  await confirm.click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${samples - 3} samples in Lattices`)

  await page.getByLabel('Find a sample by its id').fill('s012')
  await expect(page.getByRole('button', { name: /^Sample s/ })).toHaveCount(1)
  await page.getByRole('button', { name: /^Sample s012/ }).click()
  const sample = page.getByRole('dialog', { name: 'Sample s012' })
  await expect(sample.getByRole('img', { name: 'images of s012' })).toBeVisible()
  await expect(sample).toContainText('thin')
  await expectAccessible(page)
  expect(app.log).toEqual([])
})

test('names what is wrong with a file, and goes on once it is mended', async ({ app, home }) => {
  const { page } = app
  const lattice = await writeLatticeFolder(home)
  await lattice.spoil()
  await openFolderByKeyboard(page, 'lattice')
  const alert = page.getByRole('alert').filter({ hasText: 'curves.csv' })
  await expect(alert).toContainText('"broken" is not a number')
  await expect(page.getByRole('button', { name: /^Import \d/ })).toBeDisabled()
  await expectAccessible(page)

  // Either what is faulty is left out ...
  await page
    .getByRole('group', { name: /values cannot be used/ })
    .getByText('Leave out')
    .click()
  await expect(page.getByRole('button', { name: /^Import \d/ })).toBeEnabled()
  await expect(alert).toBeHidden()
  await page
    .getByRole('group', { name: /values cannot be used/ })
    .getByText('Correct first')
    .click()
  await expect(alert).toBeVisible()
  // ... or the file is corrected and read again.
  await writeLatticeFolder(home)
  await page.getByRole('button', { name: 'Read the files again' }).click()
  await expect(page.getByRole('button', { name: `Import ${samples} samples` })).toBeEnabled()
})

test('asks what the files leave open, and reads them as answered', async ({ app, home }) => {
  const { page } = app
  await writeLatticeFolder(home)
  const ids = Array.from({ length: 16 }, (_, i) => `s${String(i + 1).padStart(3, '0')}`)
  const rows = ids.map((id, i) => `${id},${ids[15 - i]!},${i % 3 === 0 ? -999 : 200 + i / 8},${1 + i / 8}`)
  await writeFile(join(home, 'lattice', 'hardness.csv'), `batch,disc,hardness,depth\n${rows.join('\n')}\n`)
  await openFolderByKeyboard(page, 'lattice')

  const alert = page.getByRole('alert').filter({ hasText: 'hardness.csv' })
  await expect(alert).toContainText('Choose beside what is right.')
  await expect(page.getByRole('button', { name: /^Import \d/ })).toBeDisabled()
  await expectAccessible(page)
  await page.getByRole('group', { name: 'Which column of hardness.csv names the samples?' }).getByText('disc is the sample').click() // prettier-ignore
  await expect(page.getByRole('group', { name: /names the samples/ })).toBeHidden()
  await page.getByRole('group', { name: 'Is -999 a measurement?' }).getByText('such numbers are missing values').click()
  await expect(page.getByRole('button', { name: /^Import \d/ })).toBeEnabled()
  await expect(alert).toBeHidden()
  await expect(page.getByText('hardness.csv by column disc', { exact: false })).toBeVisible()
})

test('adjusts what was inferred, with the preview following', async ({ app, home }) => {
  const { page } = app
  const { folder } = await writeLatticeFolder(home)
  await openFolderByKeyboard(page, 'lattice')
  await page.getByRole('button', { name: 'Adjust curves' }).click()
  // Units and names of axes change no value: the folder, which is away meanwhile, is not read for them.
  await rename(folder, `${folder} away`)
  await page.getByLabel('Unit of the values').fill('MPa')
  await page.getByLabel('Over').fill('strain')
  await page.getByLabel('Unit of that').fill('%')
  await page.getByLabel('Unit of that').press('Tab')
  await expect(page.getByText('curve, 12 points, strain 0 to 5.5 %, MPa')).toBeVisible()
  await rename(`${folder} away`, folder)
  await page.getByRole('button', { name: 'Leave out strut' }).click()
  await expect(page.getByLabel('Kind of strut')).toBeHidden()
  await page.getByRole('button', { name: `Import ${samples} samples` }).click()
  await expect(page.getByText('strain (%) →')).toBeVisible()
  await expect(page.getByText('2 samples without it: show')).toBeVisible()
  await page.getByText('2 samples without it: show').click()
  await expect(page.getByRole('button', { name: /^Sample s/ })).toHaveCount(2)
  await expectAccessible(page)
})

test('refuses a folder without data in words, and lets another be chosen', async ({ app, home }) => {
  const { page } = app
  await openFolderByKeyboard(page, 'Documents')
  await expect(page.getByRole('alert').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeDisabled()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What drives what in your measurements?')
  expect(await readdir(join(home, 'Documents'))).toEqual([])
})

test('an import that is cancelled leaves no project behind, one that is confirmed makes it', async ({ app, home }) => {
  const { page } = app
  await writeLatticeFolder(home)
  await openFolderByKeyboard(page, 'lattice')
  await expect(page.getByText('nothing is stored until you confirm, then in a new project')).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('No projects yet')).toBeVisible()
  expect(await readdir(join(home, 'Documents'))).toEqual([])

  // The dialog begins where it ended.
  await page.keyboard.press('Control+i')
  await expect(page.getByLabel('Path')).toHaveValue(/lattice$/)
  await page.getByRole('button', { name: 'Use this folder' }).press('Enter')
  await page.getByLabel('Name of the data set').fill('Struts')
  await page.getByRole('button', { name: `Import ${samples} samples` }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${samples} samples in Struts`)
  expect(await readdir(join(home, 'Documents'))).toContain('Struts.causalscope')
})

test('a reading that takes long can be broken off, and taken up again', async ({ app, home }) => {
  const { page } = app
  const { folder } = await writeLatticeFolder(home)
  const image = await readFile(join(folder, 'images', 's000.png'))
  // Enough that the button is there long before the end.
  const names = Array.from({ length: 6000 }, (_, i) => join(folder, 'images', `x${i}.png`))
  for (let i = 0; i < names.length; i += 200) await Promise.all(names.slice(i, i + 200).map((n) => writeFile(n, image)))
  await openFolderByKeyboard(page, 'lattice')
  await page.getByRole('progressbar', { name: 'Reading the data' }).waitFor()
  await page.getByRole('main').getByRole('button', { name: 'Cancel' }).last().click()
  const notice = page.getByRole('main').getByRole('alert')
  await expect(notice).toBeVisible()
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeDisabled()
  await notice.getByRole('button', { name: 'Read again' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/samples paired/, { timeout: 40_000 })
})

test('finds its way through folders in the dialog', async ({ app, home }) => {
  const { page } = app
  await page.keyboard.press('Control+o')
  const dialog = page.getByRole('dialog', { name: 'Open project' })
  const list = dialog.getByRole('listbox', { name: 'Files and folders' })
  await expect(list).toBeFocused()
  await expect(dialog.getByRole('button', { name: 'Open', exact: true })).toBeDisabled()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(dialog.getByLabel('Path')).toHaveValue(`${home}/Documents`)
  await page.keyboard.press('Backspace')
  await expect(dialog.getByLabel('Path')).toHaveValue(home)
  await dialog.getByLabel('Path').fill(`${home}/nowhere`)
  await dialog.getByLabel('Path').press('Enter')
  await expect(dialog.getByRole('alert')).toContainText(`There is nothing at ${home}/nowhere.`)
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  // The button means the path that stands there, not the folder that is still listed.
  await page.keyboard.press('Control+i')
  const source = page.getByRole('dialog', { name: /data/i })
  await source.getByLabel('Path').fill(`${home}/nowhere`)
  await source.getByRole('button', { name: 'Use this folder' }).click()
  await expect(source.getByRole('alert')).toContainText(`There is nothing at ${home}/nowhere.`)
  await page.keyboard.press('Escape')
  await expect(source).toBeHidden()

  await page.keyboard.press('Control+n')
  const save = page.getByRole('dialog', { name: 'New project' })
  await expect(save.getByLabel('Name', { exact: true })).toBeFocused()
  await save.getByRole('button', { name: 'New folder' }).click()
  await save.getByLabel('Name of the new folder').fill('studies')
  await page.keyboard.press('Enter')
  await expect(save.getByLabel('Path')).toHaveValue(/studies$/)
  await save.getByLabel('Name', { exact: true }).fill('a/b')
  await expect(save.getByText('A name has no slashes')).toBeVisible()
  await expect(save.getByRole('button', { name: 'Save' })).toBeDisabled()
  await expectAccessible(page)
})

test('takes files that are dropped on the window', async ({ app, hostKind }) => {
  test.skip(hostKind === 'electron', 'a file made by the page has no path that Electron could tell')
  const { page } = app
  const transfer = await page.evaluateHandle(() => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => `a${i},${i % 2 === 0 ? 'x' : 'y'},${i + 1},${i * 2},${i * 3},${i % 7}`,
    )
    const file = new File([['id,plate,y0,y1,y2,y3', ...rows].join('\n')], 'table.csv', { type: 'text/csv' })
    const notes = new File(['id,mass\n', ...Array.from({ length: 40 }, (_, i) => `a${i},${i}\n`)], 'mass.csv')
    const made = new DataTransfer()
    made.items.add(file)
    made.items.add(notes)
    return made
  })
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer })
  await expect(page.getByText('Drop a folder or files')).toBeVisible()
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
  await expect(page.getByRole('button', { name: 'Import 40 samples' })).toBeEnabled()
  await expect(page.getByLabel('Name of the data set')).toHaveValue('table, mass')
})

test('shows what a container holds, and takes what was left out from there again', async ({ app, home }) => {
  const { page } = app
  await mkdir(join(home, 'beamline'))
  await cp(join(import.meta.dirname, '..', 'fixtures', 'formats', 'entry.h5'), join(home, 'beamline', 'entry.h5'))
  await openFolderByKeyboard(page, 'beamline')

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('12 samples paired')
  await expect(page.getByRole('heading', { name: 'In the files' })).toBeVisible()
  await expect(page.getByText('uint16 (12, 5, 4), counts')).toBeVisible()
  const add = page.getByRole('button', { name: 'Add entry.h5:entry/data/images' })
  await expect(add).toHaveCount(0)
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Leave out images' }).click()
  await add.click()
  await expect(add).toHaveCount(0)
  await expect(page.getByText('image 4 x 5, grey, 16 bit')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Import 12 samples' })).toBeEnabled()
  expect(app.log).toEqual([])
})
