import { expect, test } from './app.ts'

test('opens on a start view that can be used', async ({ app }) => {
  await expect(app.page).toHaveTitle('Causalscope')
  await expect(app.page.getByRole('heading').first()).toBeVisible()
  expect(app.log).toEqual([])
})
