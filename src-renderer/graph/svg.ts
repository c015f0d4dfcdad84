/** The graph as it stands on the screen, as an SVG of its own: in light colours, for paper, with its font inside. */
import { isDirected } from '../../src-shared/graph/edge.ts'
import { bow, type Box, leaving } from './geometry.ts'
import type { NodeBox } from './node-box.ts'
import { edgeWidth, type GraphPicture, type PictureEdge, type Match, type Position } from './picture.ts'

/** Light values of tokens.css: a picture for a paper or a slide does not follow the screen's theme. */
const paper = {
  text: '#1c1d1a',
  muted: '#575950',
  line: '#8a8d83',
  surface: '#ffffff',
  bars: ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#8a7d00', '#555555'],
} as const

const matchColour: Readonly<Record<Match, string>> = {
  plain: paper.muted,
  shared: '#2c7a3f',
  loose: '#9a5b00',
  reversed: '#9a5b00',
  'only-here': '#b3261e',
  'only-there': '#b3261e',
}

const margin = 24
const arrowLength = 11

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c)
}

const n = (value: number): string => String(Math.round(value * 100) / 100)

function arrowHead(tip: Position, from: Position, width: number, colour: string): string {
  const length = Math.hypot(tip.x - from.x, tip.y - from.y) || 1
  const [ux, uy] = [(tip.x - from.x) / length, (tip.y - from.y) / length]
  const half = 4 + width
  const base = { x: tip.x - ux * (arrowLength + width), y: tip.y - uy * (arrowLength + width) }
  const corner = (side: number): string => `${n(base.x - side * uy * half)},${n(base.y + side * ux * half)}`
  return `<path d="M${n(tip.x)},${n(tip.y)}L${corner(1)}L${corner(-1)}Z" fill="${colour}"/>`
}

function edgeMarkup(edge: PictureEdge, from: Box, to: Box, others: readonly Box[]): string {
  const colour = matchColour[edge.match]
  const width = edgeWidth(edge.strength)
  const aside = bow(from, to, others)
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }
  const control = {
    x: middle.x - ((to.y - from.y) / length) * aside,
    y: middle.y + ((to.x - from.x) / length) * aside,
  }
  const start = leaving(from, control, 2)
  const tip = leaving(to, control, 3)
  // The line ends within the arrow head, or its square end would show at the tip.
  const back = isDirected(edge) ? leaving(to, control, 3 + arrowLength) : tip
  const dash =
    edge.match === 'only-there' ? ' stroke-dasharray="2 4"' : isDirected(edge) ? '' : ' stroke-dasharray="7 5"'
  const line = `<path d="M${n(start.x)},${n(start.y)}Q${n(control.x)},${n(control.y)} ${n(back.x)},${n(back.y)}" fill="none" stroke="${colour}" stroke-width="${n(width)}"${dash}/>`
  const head = isDirected(edge) ? arrowHead(tip, control, width, colour) : ''
  if (edge.label === '') return line + head
  const at = { x: (start.x + tip.x) / 4 + control.x / 2, y: (start.y + tip.y) / 4 + control.y / 2 }
  const wide = edge.label.length * 6.4 + 6
  const label = `<rect x="${n(at.x - wide / 2)}" y="${n(at.y - 9)}" width="${n(wide)}" height="17" fill="${paper.surface}"/><text x="${n(at.x)}" y="${n(at.y + 4)}" font-size="11" text-anchor="middle" fill="${paper.muted}">${escaped(edge.label)}</text>`
  return line + head + label
}

export interface GraphSvg {
  readonly picture: GraphPicture
  /** Where each node's box stands, by node. */
  readonly places: readonly Box[]
  readonly boxes: readonly NodeBox[]
  /** Told to readers. */
  readonly title: string
  /** @font-face rules, or an empty string. */
  readonly fontFace: string
}

export interface DrawnSvg {
  readonly text: string
  readonly width: number
  readonly height: number
}

export function graphSvg({ picture, places, boxes, title, fontFace }: GraphSvg): DrawnSvg {
  const left = Math.min(...places.map((box) => box.x - box.width / 2)) - margin
  const right = Math.max(...places.map((box) => box.x + box.width / 2)) + margin
  const top = Math.min(...places.map((box) => box.y - box.height / 2)) - margin
  const bottom = Math.max(...places.map((box) => box.y + box.height / 2)) + margin
  const [width, height] = [Math.ceil(right - left), Math.ceil(bottom - top)]
  const edges = picture.edges.map((edge) => {
    const [from, to] = [places[edge.from], places[edge.to]]
    if (from === undefined || to === undefined) return ''
    return edgeMarkup(
      edge,
      from,
      to,
      places.filter((_, node) => node !== edge.from && node !== edge.to),
    )
  })
  const nodes = picture.nodes.map(({ node, name }) => {
    const [place, box] = [places[node], boxes[node]]
    if (place === undefined || box === undefined) return ''
    const parts = box.parts.map(
      ({ category, x, width: wide, label }) =>
        `<rect x="${n(x)}" y="32" width="${n(wide)}" height="10" rx="2.5" fill="${paper.bars[category % paper.bars.length] ?? paper.muted}"/>` +
        (label === ''
          ? ''
          : `<text x="${n(x + wide / 2)}" y="56" font-size="10" text-anchor="middle" fill="${paper.muted}">${escaped(label)}</text>`),
    )
    return (
      `<g transform="translate(${n(place.x - place.width / 2)} ${n(place.y - place.height / 2)})">` +
      `<rect width="${n(place.width)}" height="${n(place.height)}" rx="10" fill="${paper.surface}" stroke="${paper.line}" stroke-width="1.5"/>` +
      `<text x="${n(place.width / 2)}" y="22" font-size="13" font-weight="600" text-anchor="middle" fill="${paper.text}">${escaped(name)}</text>` +
      `${parts.join('')}</g>`
    )
  })
  const style = fontFace === '' ? '' : `<style>${fontFace}</style>`
  const text =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${n(left)} ${n(top)} ${width} ${height}" font-family="'Inter Variable', Inter, 'Helvetica Neue', Arial, sans-serif">` +
    `<title>${escaped(title)}</title>${style}` +
    `<rect x="${n(left)}" y="${n(top)}" width="${width}" height="${height}" fill="${paper.surface}"/>` +
    `${edges.join('')}${nodes.join('')}</svg>\n`
  return { text, width, height }
}
