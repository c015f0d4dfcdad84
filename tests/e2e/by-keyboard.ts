/** The keyboard alone: what is meant is come to by Tab. */
import { expect, type Locator, type Page } from '@playwright/test'

/** Tab until it has the focus, as a person does who hears where it is. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let pressed = 0; pressed < 120; pressed++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`120 times Tab do not come to ${target.toString()}`)
}

export async function enterInto(page: Page, field: Locator, value: string): Promise<void> {
  await tabTo(page, field)
  await page.keyboard.press('Control+a')
  await page.keyboard.type(value)
  await page.keyboard.press('Tab')
}
