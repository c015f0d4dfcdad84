import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './app.ts'
import { chooseHelp } from './main-menu.ts'

test('opens the bundled sample in two clicks', async ({ app }) => {
  test.setTimeout(240_000)
  const { page } = app
  await page.getByRole('button', { name: /Open the sample Mechanical MNIST/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('1,000 samples in Mechanical MNIST', {
    timeout: 180_000,
  })
  await expect(page.getByRole('button', { name: /^Sample t00000/ })).toBeVisible()
  await page.getByRole('button', { name: 'Set up a model' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What should be looked for?')
  await expect(page.getByRole('button', { name: 'Start training' })).toBeEnabled()
  expect(app.log).toEqual([])
})

test('says in every view without a project what comes first', async ({ app }) => {
  const { page } = app
  await expectAccessible(page)
  for (const [view, next] of [
    ['Data', 'Open a folder of data…'],
    ['Model', 'Go to Start'],
    ['Runs', 'Bring data first'],
  ] as const) {
    await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view }).click()
    await expect(page.getByRole('main').getByRole('button', { name: next })).toBeVisible()
    await expectAccessible(page)
  }
})

test('lists projects that were open, and takes one off the list', async ({ app, start }) => {
  const { page } = app
  await page.keyboard.press('Control+n')
  await page.getByLabel('Name', { exact: true }).fill('lattice study')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('This project has no data yet')).toBeVisible()
  await app.close()

  const again = await start()
  const recent = again.page.getByRole('region', { name: 'Recent projects' })
  await recent.getByRole('button', { name: /^lattice study/ }).click()
  await expect(again.page.getByText('This project has no data yet')).toBeVisible()
  await again.page.keyboard.press('Control+w')
  await expect(again.page.getByRole('heading', { level: 1 })).toContainText('What drives what')
  await recent.getByRole('button', { name: /Take lattice study off/ }).click()
  await expect(recent.getByText('No projects yet')).toBeVisible()
})

test('says why a project that it was started with, or that was double-clicked, cannot be opened', async ({
  start,
  home,
}) => {
  const { page, openPath } = await start({ project: join(home, 'gone.causalscope') })
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('gone.causalscope')
  await page.getByRole('button', { name: 'Close message' }).click()
  await expect(alert).toBeHidden()

  const scribble = join(home, 'scribble.causalscope')
  await writeFile(scribble, 'not a project')
  await openPath(scribble)
  await expect(alert).toContainText('scribble.causalscope')
  await expectAccessible(page)
})

test('has every view, the menu and the shortcuts at the keyboard', async ({ app }) => {
  const { page } = app
  for (const [key, view] of [
    ['2', 'Data'],
    ['3', 'Model'],
    ['7', 'Runs'],
    ['1', 'Start'],
  ] as const) {
    await page.keyboard.press(`Control+${key}`)
    await expect(page.getByRole('navigation').getByRole('button', { name: view })).toHaveAttribute(
      'aria-current',
      'page',
    )
  }
  await page.keyboard.press('?')
  const shortcuts = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(shortcuts).toContainText('Start training')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(shortcuts).toBeHidden()

  await chooseHelp(page, 'About Causalscope')
  await expect(page.getByRole('dialog', { name: 'About Causalscope' })).toContainText('no network')
  await page.getByRole('button', { name: 'Terms and symbols' }).click()
  await page.getByLabel('Find a term').fill('elbo')
  await expect(page.getByRole('dialog', { name: 'Terms and symbols' })).toContainText('Evidence lower bound')
  await expectAccessible(page)
})

test('a TensorFlow of one’s own: what is here and why not, and the command that names one', async ({ app }) => {
  const { page } = app
  const pill = page.getByRole('button', { name: /^Engine:/ })
  await expect(pill).not.toContainText('looking')
  await pill.click()
  await page.getByRole('menuitem', { name: 'A TensorFlow of your own…' }).click()
  const dialog = page.getByRole('dialog', { name: 'A TensorFlow of your own' })
  await expect(dialog.getByText('causalscope engines --native FOLDER', { exact: true })).toBeVisible()
  await expect(dialog.getByText(/^Not here: .*npm/).first()).toBeVisible()
  // This window has no dialog of the system's: the page must not be able to name code that is loaded.
  await expect(dialog.getByRole('button', { name: /Choose/ })).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Forget it' }).click()
  await expect(dialog.getByRole('status')).toHaveText('None was named.')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
})

test('keeps the theme that was chosen', async ({ app, start }) => {
  await app.page.emulateMedia({ colorScheme: 'dark' })
  await expect(app.page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await app.page.getByRole('button', { name: 'Menu' }).click()
  await app.page.getByRole('menuitem', { name: 'View' }).hover()
  await app.page.getByRole('menuitem', { name: 'Theme: light' }).click()
  await expect(app.page.locator('html')).toHaveAttribute('data-theme', 'light')
  await app.close()
  const again = await start()
  await again.page.emulateMedia({ colorScheme: 'dark' })
  await expect(again.page.locator('html')).toHaveAttribute('data-theme', 'light')
})
