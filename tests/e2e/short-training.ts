import type { Page } from '@playwright/test'

const shortest: readonly (readonly [setting: string, value: number])[] = [
  ['Mixtures fitted', 1],
  ['Begin again at most', 0],
  ['Joint training', 2],
  ['Pre-training', 2],
  ['Pre-training at least', 0],
]

/** Sets the Model view, which is open, up for a training of seconds: what is asked is whether it runs, not what it finds. */
export async function setShortTraining(page: Page): Promise<void> {
  await page.getByText(/^Advanced/).click()
  for (const [setting, value] of shortest) await page.getByLabel(setting, { exact: true }).fill(String(value))
  await page.keyboard.press('Tab')
}
