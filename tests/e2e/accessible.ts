/** What axe finds on the window as it stands, light and dark: nothing serious. */
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

async function findings(page: Page, within: string): Promise<string[]> {
  // Legacy mode: axe would otherwise open a page of its own, which the window does not allow.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).include(within).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`))
}

async function setTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate((t) => window.causalscope.request('settings.set', { theme: t }), theme)
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
}

/** Fails with every serious finding, in both themes; leaves the light one. */
export async function expectAccessible(page: Page, within = 'html'): Promise<void> {
  const found: Record<string, string[]> = {}
  // Colours on their way from one theme to the other are nobody's.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const theme of ['dark', 'light'] as const) {
    await setTheme(page, theme)
    found[theme] = await findings(page, within)
  }
  expect(found).toEqual({ dark: [], light: [] })
}
