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

/** Words of the view that lie on one another, where they are not scrolled away. Pictures draw as they like. */
export function overprinted(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const clipped = (box: DOMRect, part: Element | null): boolean => {
      for (let around = part; around !== null; around = around.parentElement) {
        const style = getComputedStyle(around)
        if (style.visibility === 'hidden' || style.opacity === '0') return true
        if (style.overflow === 'visible') continue
        const frame = around.getBoundingClientRect()
        if (box.right > frame.right + 1 || box.bottom > frame.bottom + 1) return true
        if (box.left < frame.left - 1 || box.top < frame.top - 1) return true
      }
      return false
    }
    const words: { readonly text: string; readonly box: DOMRect }[] = []
    const walker = document.createTreeWalker(document.querySelector('main')!, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? ''
      const part = node.parentElement
      // What is folded up has a place all the same.
      if (text === '' || part?.checkVisibility() !== true) continue
      if (part.closest('svg, option, .visually-hidden, .plot, [role=img], [role=group].graph') !== null) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const box of range.getClientRects())
        if (box.width > 0 && box.height > 0 && !clipped(box, part)) words.push({ text, box })
    }
    return words.flatMap(({ text, box }, i) =>
      words.slice(i + 1).flatMap((other) => {
        const wide = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left)
        const high = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top)
        return text !== other.text && wide > 3 && high > 5 ? [`${text} and ${other.text}`] : []
      }),
    )
  })
}
