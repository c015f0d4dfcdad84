/** Every view of a project that has a finished run, a failed one and one that trains, under names of a length that people give. */
import { expect, type Page } from '@playwright/test'
import { importStudy, trainStudy } from './collider-study.ts'

/** As a person names a run who wants to find it again. */
export const longName =
  'Struts of batch 7, dried for two days, curves cut at 0.02 strain, four nodes instead of three, second try with a smaller rate'

/** The views a causalPIMA run has, by their key. */
export const viewKeys = [
  ['start', '1'],
  ['data', '2'],
  ['model', '3'],
  ['training', '4'],
  ['graph', '5'],
  ['clusters', '6'],
  ['runs', '7'],
] as const

/** Leaves the long run training. */
export async function fillProject(page: Page, home: string): Promise<void> {
  await importStudy(page, home)
  await trainStudy(page, { name: longName })
  await page.keyboard.press('Control+7')
  await expect(page.getByRole('row', { name: longName })).toContainText('done', { timeout: 120_000 })
  await trainStudy(page, { name: `${longName}, long`, pretrainEpochs: 100_000 })
}

/** What reaches beyond the window's sides, in the page or in a part of it that then scrolls sideways. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    if (document.documentElement.scrollWidth > innerWidth)
      found.push(`the page: ${document.documentElement.scrollWidth}`)
    const main = document.querySelector('main')
    if (main !== null && main.scrollWidth > main.clientWidth + 1)
      found.push(`main: ${main.scrollWidth} of ${main.clientWidth}`)
    for (const button of document.querySelectorAll('button, select, input')) {
      const box = button.getBoundingClientRect()
      if (box.width === 0 || box.height === 0) continue
      // Tables and pictures may scroll within themselves.
      if (button.closest('table, [role="img"], [role="tablist"], .visually-hidden') !== null) continue
      if (box.left < -1 || box.right > innerWidth + 1)
        found.push(
          `${button.tagName} ${button.textContent.trim() || (button.getAttribute('aria-label') ?? '')}: ${Math.round(box.left)} to ${Math.round(box.right)}`,
        )
    }
    return found
  })
}
