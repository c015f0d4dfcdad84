/** Tips are made when their trigger is first come to: the first time must show one like every time after. */
import { expect, test } from './app.ts'

test('shows a tip to the pointer and to the keyboard, the first time and again, and closes it', async ({ app }) => {
  const { page } = app
  const trigger = page.getByRole('banner').getByRole('button', { name: 'offline' })
  const tip = page.getByRole('tooltip')
  const words = 'the window has no way to the network'
  await expect(trigger).toBeVisible()
  for (let time = 0; time < 2; time++) {
    await trigger.hover()
    await expect(tip).toContainText(words)
    await expect(trigger).toHaveAccessibleDescription(new RegExp(words))
    await page.mouse.move(400, 400)
    await expect(tip).toHaveCount(0)
  }
  // Past it before it comes: nothing is left open.
  await trigger.hover()
  await page.mouse.move(400, 400)
  await page.waitForTimeout(600)
  await expect(tip).toHaveCount(0)

  // A page that is new has made no tip yet.
  await page.reload()
  await expect(trigger).toBeVisible()
  for (let time = 0; time < 2; time++) {
    await trigger.focus()
    await expect(tip).toContainText(words)
    await page.keyboard.press('Escape')
    await expect(tip).toHaveCount(0)
    await trigger.blur()
  }
  expect(app.log).toEqual([])
})
