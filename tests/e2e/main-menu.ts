/** The window's menu, by keys. */
import type { Page } from '@playwright/test'
import { expect } from './app.ts'

/** Chooses an item of Help. The menu takes the keys a frame after it opens: a key pressed before is nobody's. */
export async function chooseHelp(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Menu', exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'File', exact: true })).toBeFocused()
  await page.keyboard.press('End')
  await expect(page.getByRole('menuitem', { name: 'Help', exact: true })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('menuitem', { name: item }).press('Enter')
}
