/** The box of a node: its size, and where in it its name, the bars of its categories and their names stand. */
import type { PictureCategory, PictureNode } from './picture.ts'
import { fitted, textWidth } from './text-width.ts'

export const nameSize = 13
export const labelSize = 10
export const nameBaseline = 22
export const barTop = 32
export const barHeight = 10
export const barGap = 2
/** Side of the mark before a category's name that stands in a line. */
export const markSize = 7
const firstBaseline = 57
const lineHeight = 14
const boxHeight = 68
const partHeight = 34
const padding = 8
const narrowest = 100
const widest = 232
const narrowestPart = 40
const widestPart = 120
/** Room for names in lines. */
const roomForLines = 160
const smallestBar = 3
/** A label further from its bar's centre would be read as another's. */
const mostAside = 14
/** Names of more categories than this are left to tables. */
const mostLabels = 12

export interface Bar {
  /** From the box's left edge. */
  readonly x: number
  readonly width: number
}

export interface CategoryLabel {
  readonly text: string
  /** Null: how many more there are. */
  readonly category: number | null
  /** Centre where labels stand under their bars; left edge of the mark where they stand in lines. */
  readonly x: number
  readonly baseline: number
}

export interface NodeBox {
  readonly width: number
  readonly height: number
  /** As it fits. */
  readonly name: string
  /** By category. */
  readonly bars: readonly Bar[]
  /** Whether labels stand under their bars, or in lines with a mark of their colour. */
  readonly under: boolean
  readonly labels: readonly CategoryLabel[]
}

/** Widths of the bars of given shares that together fill `width`, each at least a sliver; unknown shares are alike. */
export function barWidths(shares: readonly (number | null)[], width: number): readonly number[] {
  const room = Math.max(0, width - barGap * (shares.length - 1))
  const known = shares.map((share) => (share === null || !Number.isFinite(share) ? null : Math.max(0, share)))
  const total = known.reduce<number>((sum, share) => sum + (share ?? 0), 0)
  const parts = known.map((share) => (total > 0 ? ((share ?? 0) / total) * room : room / shares.length))
  const least = Math.min(smallestBar, room / Math.max(1, shares.length))
  const lacking = parts.reduce((sum, part) => sum + Math.max(0, least - part), 0)
  const spare = parts.reduce((sum, part) => sum + Math.max(0, part - least), 0)
  return parts.map((part) => (part <= least ? least : part - ((part - least) / spare) * lacking))
}

function barsOf(categories: readonly PictureCategory[], inner: number): readonly Bar[] {
  let x = padding
  const shares = categories.map(({ share }) => share)
  return barWidths(shares, inner).map((width) => {
    const bar = { x, width }
    x += width + barGap
    return bar
  })
}

/** Labels centred under their bars, a little aside where there is no room, or null where they would not fit. */
function labelsUnder(
  categories: readonly PictureCategory[],
  bars: readonly Bar[],
  width: number,
): CategoryLabel[] | null {
  const edge = 4
  let end = edge
  const labels: CategoryLabel[] = []
  for (const [category, { name }] of categories.entries()) {
    const bar = bars[category]!
    const centre = bar.x + bar.width / 2
    const half = textWidth(name, labelSize) / 2
    const x = Math.min(Math.max(centre, end + half), width - edge - half)
    if (x - half < end || Math.abs(x - centre) > mostAside) return null
    labels.push({ text: name, category, x, baseline: firstBaseline })
    end = x + half + 5
  }
  return labels
}

function labelsInLines(categories: readonly PictureCategory[], inner: number): CategoryLabel[] {
  const shown = categories.length > mostLabels ? categories.slice(0, mostLabels - 1) : categories
  const rest = categories.length - shown.length
  const texts = [
    ...shown.map(({ name }, category) => ({ text: fitted(name, labelSize, inner - markSize - 5), category })),
    ...(rest > 0 ? [{ text: `and ${rest} more`, category: null }] : []),
  ]
  let x = 0
  let line = 0
  return texts.map(({ text, category }) => {
    const width = markSize + 3 + textWidth(text, labelSize)
    if (x > 0 && x + width > inner) {
      x = 0
      line++
    }
    const label = { text, category, x: padding + x, baseline: firstBaseline + line * lineHeight }
    x += width + 8
    return label
  })
}

/** Of a part of a model: its name alone. */
function partBox(full: string): NodeBox {
  const name = fitted(full, nameSize, widestPart, true)
  const width = Math.ceil(Math.max(narrowestPart, textWidth(name, nameSize, true)) + 2 * padding)
  return { width, height: partHeight, name, bars: [], under: true, labels: [] }
}

export function nodeBox({ name: full, categories, part }: PictureNode): NodeBox {
  if (part !== undefined) return partBox(full)
  const name = fitted(full, nameSize, widest, true)
  const least = Math.max(narrowest, textWidth(name, nameSize, true))
  for (let inner = least; inner <= widest; inner += 12) {
    const width = Math.ceil(inner + 2 * padding)
    const bars = barsOf(categories, width - 2 * padding)
    const labels = labelsUnder(categories, bars, width)
    if (labels !== null) return { width, height: boxHeight, name, bars, under: true, labels }
  }
  const width = Math.ceil(Math.max(least, roomForLines) + 2 * padding)
  const labels = labelsInLines(categories, width - 2 * padding)
  const height = boxHeight + Math.max(0, ...labels.map(({ baseline }) => baseline - firstBaseline))
  return { width, height, name, bars: barsOf(categories, width - 2 * padding), under: false, labels }
}
