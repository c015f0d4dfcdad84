/** A node as it is drawn: its name, a bar with a piece for each category as wide as it is frequent, and their names. */
import { escapeMarkup } from '../../src-shared/graph-formats/markup.ts'
import type { GraphNode } from '../../src-shared/graph/learned-graph.ts'
import type { Box } from './graph-layout.ts'
import { type Paint } from '../../src-shared/colours.ts'
import { fitted, textWidth } from './text-width.ts'

const nameSize = 13
const labelSize = 9.5
const padding = 8
const narrowest = 112
const widest = 232
const lineHeight = 14
/** A label further from its bar's centre would be read as another's. */
const mostAside = 14
/** Names of more categories than this are left to the tables. */
const mostLabels = 12

interface Label {
  readonly text: string
  readonly category: number
  /** Centre where labels stand under their bars; left edge where they stand in lines. */
  readonly x: number
  readonly line: number
}

export interface NodeBox extends Box {
  readonly name: string
  readonly title: string
  readonly bars: readonly { readonly x: number; readonly width: number }[]
  /** Whether labels stand under their bars, or in lines with a mark of their colour. */
  readonly under: boolean
  readonly labels: readonly Label[]
}

function barsOf(probabilities: readonly number[], inner: number): { x: number; width: number }[] {
  let x = padding
  return probabilities.map((p) => {
    const bar = { x, width: p > 0 ? Math.max(1, p * inner - 2) : 0 }
    x += p * inner
    return bar
  })
}

/** Labels centred under their bars, a little aside where there is no room, or null where they would not fit. */
function labelsUnder(categories: readonly string[], probabilities: readonly number[], inner: number): Label[] | null {
  const edge = 4
  let bar = padding
  let end = edge
  const labels: Label[] = []
  for (const [category, text] of categories.entries()) {
    const width = inner * probabilities[category]!
    const centre = bar + width / 2
    const half = textWidth(text, labelSize) / 2
    const x = Math.min(Math.max(centre, end + half), inner + 2 * padding - edge - half)
    if (x - half < end || Math.abs(x - centre) > mostAside) return null
    labels.push({ text, category, x, line: 0 })
    end = x + half + 5
    bar += width
  }
  return labels
}

function labelsInLines(categories: readonly string[], inner: number): Label[] {
  const shown = categories.length > mostLabels ? categories.slice(0, mostLabels - 1) : categories
  const texts = shown.map((text) => fitted(text, labelSize, inner - 12))
  if (shown.length < categories.length) texts.push(`and ${categories.length - shown.length} more`)
  let x = 0
  let line = 0
  return texts.map((text, category) => {
    const width = 10 + textWidth(text, labelSize)
    if (x > 0 && x + width > inner) {
      x = 0
      line++
    }
    const label = { text, category, x: padding + x, line }
    x += width + 8
    return label
  })
}

export function nodeBox(node: GraphNode, probabilities: readonly number[]): NodeBox {
  const name = fitted(node.name, nameSize, widest, true)
  const least = Math.max(narrowest, textWidth(name, nameSize, true))
  const percentages = node.categories.map((category, k) => `${category} ${(100 * probabilities[k]!).toFixed(1)} %`)
  const common = { name, title: `${node.name}: ${percentages.join(', ')}` }
  for (let inner = least; inner <= widest; inner += 12) {
    const labels = labelsUnder(node.categories, probabilities, inner)
    if (labels !== null)
      return {
        ...common,
        width: inner + 2 * padding,
        height: 68,
        bars: barsOf(probabilities, inner),
        under: true,
        labels,
      }
  }
  const inner = Math.max(least, 160)
  const labels = labelsInLines(node.categories, inner)
  const height = 68 + lineHeight * Math.max(0, ...labels.map((label) => label.line))
  return { ...common, width: inner + 2 * padding, height, bars: barsOf(probabilities, inner), under: false, labels }
}

/** The node as SVG, its top left corner at the origin of its own group. */
export function drawNode(box: NodeBox, x: number, y: number, paint: Paint): string {
  const labels = box.labels.map(({ text, category, x: at, line }) => {
    const baseline = 57 + line * lineHeight
    if (box.under)
      return `<text x="${at.toFixed(1)}" y="${baseline}" text-anchor="middle" font-size="${labelSize}" fill="${paint.of('muted')}">${escapeMarkup(text)}</text>`
    const mark = `<rect x="${at.toFixed(1)}" y="${baseline - 7}" width="7" height="7" rx="2" fill="${paint.data(category)}"/>`
    return `${mark}<text x="${(at + 10).toFixed(1)}" y="${baseline}" font-size="${labelSize}" fill="${paint.of('muted')}">${escapeMarkup(text)}</text>`
  })
  const bars = box.bars.map(
    (bar, k) =>
      `<rect x="${bar.x.toFixed(1)}" y="32" width="${bar.width.toFixed(1)}" height="10" rx="${Math.min(3, bar.width / 2).toFixed(1)}" fill="${paint.data(k)}"/>`,
  )
  return [
    `<g transform="translate(${x.toFixed(1)},${y.toFixed(1)})"><title>${escapeMarkup(box.title)}</title>`,
    `<rect width="${box.width.toFixed(1)}" height="${box.height}" rx="10" fill="${paint.of('surface')}" stroke="${paint.of('line-strong')}" stroke-width="1.2"/>`,
    `<text x="${(box.width / 2).toFixed(1)}" y="22" text-anchor="middle" font-size="${nameSize}" font-weight="600" fill="${paint.of('text')}">${escapeMarkup(box.name)}</text>`,
    ...bars,
    ...labels,
    '</g>',
  ].join('')
}
