/** The box of a node: its size, and where in it the category bars and their names stand. */
import type { PictureCategory, PictureNode } from './picture.ts'

/** Width of a text in units of the picture at the size in which it is drawn. */
export type Measure = (text: string, font: 'name' | 'category') => number

export interface BarPart {
  readonly category: number
  /** From the box's left edge. */
  readonly x: number
  readonly width: number
  /** As it fits; empty where it does not fit at all. */
  readonly label: string
}

export interface NodeBox {
  readonly width: number
  readonly height: number
  readonly parts: readonly BarPart[]
}

export const boxHeight = 68
export const boxPadding = 10
export const barGap = 2
const smallestWidth = 116
const largestWidth = 220
const smallestPart = 3
/** More categories than this have no room for names. */
const mostNamed = 6

/** Widths of the bars of given shares that together fill `width`, each at least a sliver; unknown shares are alike. */
export function barWidths(shares: readonly (number | null)[], width: number): readonly number[] {
  const room = Math.max(0, width - barGap * (shares.length - 1))
  const known = shares.map((share) => (share === null || !Number.isFinite(share) ? null : Math.max(0, share)))
  const total = known.reduce<number>((sum, share) => sum + (share ?? 0), 0)
  const parts = known.map((share) => (total > 0 ? ((share ?? 0) / total) * room : room / shares.length))
  const least = Math.min(smallestPart, room / Math.max(1, shares.length))
  const lacking = parts.reduce((sum, part) => sum + Math.max(0, least - part), 0)
  const spare = parts.reduce((sum, part) => sum + Math.max(0, part - least), 0)
  return parts.map((part) => (part <= least ? least : part - ((part - least) / spare) * lacking))
}

/** The text with its end left out until it fits; empty when not even one letter does. */
export function shortened(text: string, width: number, measure: (text: string) => number): string {
  if (measure(text) <= width) return text
  for (let length = text.length - 1; length > 0; length--) {
    const cut = `${text.slice(0, length).trimEnd()}…`
    if (measure(cut) <= width) return cut
  }
  return ''
}

/** Each category's name as far as it fits under its bar. */
function named(categories: readonly PictureCategory[], widths: readonly number[], measure: Measure): readonly string[] {
  return categories.map(({ name }, k) =>
    categories.length > mostNamed
      ? ''
      : shortened(name, (widths[k] ?? 0) + barGap, (text) => measure(text, 'category')),
  )
}

export function nodeBox({ name, categories, pinned }: PictureNode, measure: Measure): NodeBox {
  const title = measure(name, 'name') + (pinned ? 16 : 0)
  const names =
    categories.length > mostNamed ? 0 : categories.reduce((sum, c) => sum + measure(c.name, 'category') + 8, 0)
  const wanted = Math.max(title + 8, names) + 2 * boxPadding
  const width = Math.ceil(Math.min(largestWidth, Math.max(smallestWidth, wanted)))
  const widths = barWidths(
    categories.map((c) => c.share),
    width - 2 * boxPadding,
  )
  const labels = named(categories, widths, measure)
  let x = boxPadding
  const parts = categories.map((_, category): BarPart => {
    const part = { category, x, width: widths[category] ?? 0, label: labels[category] ?? '' }
    x += part.width + barGap
    return part
  })
  return { width, height: boxHeight, parts }
}
