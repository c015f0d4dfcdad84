/** Every view of a project that has a finished run, a failed one and one that trains, under names of a length that people give. */
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { writeSynthetic } from '../../src-main/datasets/synthetic/write.ts'
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

async function ask(page: Page, channel: string, body: unknown): Promise<Record<string, unknown>> {
  const reply = await page.evaluate(([name, content]) => window.causalscope.request(name, content), [
    channel,
    body,
  ] as const)
  if (!reply.ok) throw new Error(`${channel}: ${reply.error.message}`)
  return reply.value as Record<string, unknown>
}

/** Into the open project: a small set that is made, and a run on it under the long name. */
async function trainOn(page: Page, home: string, set: string, method: string, config: object): Promise<void> {
  const source = join(home, set)
  await writeSynthetic(set, { out: source, samples: 150, seed: 0 })
  const { plan } = await ask(page, 'import.inspect', { source, description: null, task: set })
  const { description } = plan as { description: unknown }
  const { dataset } = await ask(page, 'import.confirm', { source, description, name: `${set}: ${longName}`, task: set })
  const { id } = dataset as { id: number }
  const name = `${longName}, ${method}`
  const how = { seed: 1, engine: 'wasm', threads: 1, name }
  await ask(page, 'run.start', { dataset: id, method, config, ...how })
  await page.keyboard.press('Control+7')
  await expect(page.getByRole('row', { name })).toContainText('done', { timeout: 120_000 })
}

/** Finished runs of the other methods in the open project. */
export async function trainOtherMethods(page: Page, home: string): Promise<void> {
  const training = { batchSize: 64 }
  await trainOn(page, home, 'blobs-lines', 'partial-causal', {
    latent: { size: 3 },
    training: { ...training, steps: 20 },
  })
  await trainOn(page, home, 'mmlsyn', 'causal-complete', { label: 'label', training: { ...training, epochs: 3 } })
}

/** What reaches beyond the window's sides, in the page, a dialog, or a part of it that then scrolls sideways. */
export function tooWide(page: Page, within = 'main'): Promise<string[]> {
  return page.evaluate((selector) => {
    const found: string[] = []
    if (document.documentElement.scrollWidth > innerWidth)
      found.push(`the page: ${document.documentElement.scrollWidth}`)
    for (const part of document.querySelectorAll(`${selector}, ${selector} > .content`))
      if (part.scrollWidth > part.clientWidth + 1)
        found.push(`${part.tagName} ${part.className}: ${part.scrollWidth} of ${part.clientWidth}`)
    const around = selector === 'main' ? 'body' : selector
    for (const button of document.querySelectorAll(`${around} :is(button, select, input)`)) {
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
  }, within)
}

/** Buttons and fields that cannot be pressed once they are moved to: outside of the window, or under something else. */
export function outOfReach(page: Page, within = 'main'): Promise<string[]> {
  return page.evaluate((selector) => {
    const found: string[] = []
    for (const control of document.querySelectorAll(`${selector} :is(button, select, textarea, input[type=text])`)) {
      if (!control.checkVisibility() || control.closest('.visually-hidden, svg') !== null) continue
      control.scrollIntoView({ block: 'nearest' })
      const box = control.getBoundingClientRect()
      if (box.width < 2 || box.height < 2) continue
      const at = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 12))
      if (at === null || !(control.contains(at) || at.contains(control)))
        found.push(
          `${control.tagName} ${control.textContent.trim() || (control.getAttribute('aria-label') ?? '')}: under ${at?.tagName} ${at?.className}`,
        )
    }
    return found
  }, within)
}

/** Words of the view that lie on one another, where they are not scrolled away. Pictures draw as they like. */
export function overprinted(page: Page, within = 'main'): Promise<string[]> {
  return page.evaluate((selector) => {
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
    const walker = document.createTreeWalker(document.querySelector(selector)!, NodeFilter.SHOW_TEXT)
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
  }, within)
}
