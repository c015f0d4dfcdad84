/** The one writer of a graph as SVG: for files, pictures and reports. */
import type { Paint } from '../colours.ts'
import { type EndMark, isOpen } from '../graph/edge.ts'
import { edgeSigns } from '../graph/edge-words.ts'
import { named } from '../graph/marked-graph.ts'
import { escapeMarkup } from '../graph-formats/markup.ts'
import { type Box, edgeRoute, type Position, towards } from './geometry.ts'
import { placed } from './layout.ts'
import { type LegendEntry, legendOf, matchLegend } from './legend.ts'
import {
  borderWidth,
  cornerRadius,
  dashes,
  edgeLabelSize,
  edgeLook,
  endSize,
  faintness,
  type LineKind,
  nodeLines,
} from './look.ts'
import { barHeight, barTop, labelSize, markSize, nameBaseline, nameSize, type NodeBox, nodeBox } from './node-box.ts'
import { describeCategories, type GraphPicture, type PictureEdge, type PictureNode } from './picture.ts'
import type { Placement } from './placement.ts'
import { textWidth } from './text-width.ts'

const fonts = "Inter, 'Inter Variable', system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
const margin = 24
const legendLine = 16
const legendSize = 11
const edgeLabelLine = 14

const n = (value: number): string => String(Math.round(value * 100) / 100)
const at = ({ x, y }: Position): string => `${n(x)},${n(y)}`

function dash(line: LineKind): string {
  return line === 'solid' ? '' : ` stroke-dasharray="${dashes[line].join(' ')}"`
}

/** What stands at an end of an edge; nothing for a tail. */
function endMarkup(
  mark: EndMark,
  tip: Position,
  control: Position,
  width: number,
  colour: string,
  paint: Paint,
): string {
  const size = endSize(width)
  switch (mark) {
    case 'tail':
      return ''
    case 'arrow': {
      const base = towards(tip, control, size)
      const half = { x: (base.x - tip.x) / 2, y: (base.y - tip.y) / 2 }
      const corners = [
        { x: base.x - half.y, y: base.y + half.x },
        { x: base.x + half.y, y: base.y - half.x },
      ] as const
      return `<path d="M${at(tip)}L${at(corners[0])}L${at(corners[1])}Z" fill="${colour}"/>`
    }
    case 'circle': {
      const centre = towards(tip, control, size / 2)
      return `<circle cx="${n(centre.x)}" cy="${n(centre.y)}" r="${n(size / 2)}" fill="${paint.of('surface')}" stroke="${colour}" stroke-width="${n(Math.min(2, width))}"/>`
    }
    default:
      return mark satisfies never
  }
}

function text(words: string, { x, y }: Position, size: number, fill: string, more = ''): string {
  return `<text x="${n(x)}" y="${n(y)}" font-size="${size}" fill="${fill}"${more}>${escapeMarkup(words)}</text>`
}

const centred = ' text-anchor="middle"'

function edgeTitle(edge: PictureEdge, nodes: readonly PictureNode[]): string {
  const [ends] = named([edge], (node) => nodes[node]?.name ?? String(node))
  const part = nodes[edge.from]?.part !== undefined
  const strength = edge.match === 'only-there' || part ? [] : [`strength ${edge.strength.toFixed(2)}`]
  const open = isOpen(edge) ? ['direction not stated'] : []
  return [
    edgeSigns(ends!),
    ...open,
    ...strength,
    ...(edge.label === '' ? [] : [edge.label.replaceAll('\n', ', ')]),
  ].join(', ')
}

function edgeMarkup(edge: PictureEdge, nodes: readonly PictureNode[], boxes: readonly Box[], paint: Paint): string {
  const { width, line, colour, opacity } = edgeLook(edge)
  const route = edgeRoute(edge, boxes, width)
  if (route === null) return ''
  const stroke = paint.of(colour)
  const [start, end] = route.line
  const drawn = [
    `<path d="M${at(start)}Q${at(route.control)} ${at(end)}" fill="none" stroke="${stroke}" stroke-width="${n(width)}"${dash(line)}/>`,
    endMarkup(edge.fromMark, route.tips[0], route.control, width, stroke, paint),
    endMarkup(edge.toMark, route.tips[1], route.control, width, stroke, paint),
  ].join('')
  const faint = opacity < 1 ? `<g opacity="${n(opacity)}">${drawn}</g>` : drawn
  const label = edge.label === '' ? '' : edgeLabelMarkup(edge.label, route.middle, paint)
  return `<g><title>${escapeMarkup(edgeTitle(edge, nodes))}</title>${faint}${label}</g>`
}

/** A label's lines, one below the other around the middle of its edge. */
function edgeLabelMarkup(label: string, { x, y }: Position, paint: Paint): string {
  const { width, height } = edgeLabelBox(label)
  const lines = label.split('\n')
  const first = y + 4 - ((lines.length - 1) / 2) * edgeLabelLine
  return (
    `<rect x="${n(x - width / 2)}" y="${n(y - height / 2)}" width="${n(width)}" height="${n(height)}" fill="${paint.of('surface')}"/>` +
    lines
      .map((line, i) => text(line, { x, y: first + i * edgeLabelLine }, edgeLabelSize, paint.of('text-2'), centred))
      .join('')
  )
}

function edgeLabelBox(label: string): { width: number; height: number } {
  const lines = label.split('\n')
  return {
    width: Math.max(...lines.map((line) => textWidth(line, edgeLabelSize))) + 6,
    height: 3 + lines.length * edgeLabelLine,
  }
}

function labelMarkup({ under, labels }: NodeBox, paint: Paint): string {
  return labels
    .map(({ text: words, category, x, baseline }) => {
      if (under) return text(words, { x, y: baseline }, labelSize, paint.of('muted'), centred)
      const mark =
        category === null
          ? ''
          : `<rect x="${n(x)}" y="${baseline - markSize}" width="${markSize}" height="${markSize}" rx="2" fill="${paint.data(category)}"/>`
      return mark + text(words, { x: x + markSize + 3, y: baseline }, labelSize, paint.of('muted'))
    })
    .join('')
}

/** The inside of a node's box, from its upper left corner: its name over the bars of its categories. */
function nodeInside(node: PictureNode, box: NodeBox, paint: Paint): string {
  const name = text(
    box.name,
    { x: box.width / 2, y: nameBaseline },
    nameSize,
    paint.of(nodeLines[node.standing] === 'solid' ? 'text' : 'muted'),
    `${centred} font-weight="600"`,
  )
  const bars = box.bars.map(({ x, width }, k) => {
    const fill = node.categories[k]?.share === null ? paint.of('line-strong') : paint.data(k)
    return `<rect x="${n(x)}" y="${barTop}" width="${n(width)}" height="${barHeight}" rx="${n(Math.min(2.5, width / 2))}" fill="${fill}"/>`
  })
  return [name, ...bars, labelMarkup(box, paint)].join('')
}

function nodeMarkup(node: PictureNode, box: NodeBox, { x, y, width, height }: Box, paint: Paint): string {
  const line = nodeLines[node.standing]
  const title = node.part?.words ?? `${node.name}: ${describeCategories(node)}`
  const radius = node.part === undefined ? cornerRadius : node.part.kind === 'measured' ? 3 : height / 2
  const fill = paint.of(node.part?.kind === 'measured' ? 'sunken' : 'surface')
  return (
    `<g transform="translate(${n(x - width / 2)} ${n(y - height / 2)})"><title>${escapeMarkup(title)}</title>` +
    `<rect width="${n(width)}" height="${n(height)}" rx="${n(radius)}" fill="${fill}" stroke="${paint.of('control')}" stroke-width="${borderWidth}"${dash(line)}${line === 'dotted' ? ` stroke-opacity="${faintness}"` : ''}/>` +
    `${nodeInside(node, box, paint)}</g>`
  )
}

function signMarkup({ sign }: LegendEntry, left: number, baseline: number, paint: Paint): string {
  const y = baseline - 4
  if (sign === 'width')
    return `<path d="M${n(left)},${n(y)}L${n(left + 22)},${n(y - 2)}V${n(y + 2)}Z" fill="${paint.of('text-2')}"/>`
  if ('text' in sign)
    return text(
      sign.text,
      { x: left + 11, y: baseline },
      legendSize,
      paint.of('text-2'),
      `${centred} font-weight="600"`,
    )
  if ('outline' in sign)
    return `<rect x="${n(left + 1)}" y="${n(y - 5)}" width="20" height="10" rx="3" fill="none" stroke="${paint.of('control')}" stroke-width="${borderWidth}"${dash(sign.outline)}/>`
  return `<path d="M${n(left)},${n(y)}h22" fill="none" stroke="${paint.of(sign.colour)}" stroke-width="2"${dash(sign.line)}/>`
}

function legendMarkup(entries: readonly LegendEntry[], left: number, top: number, paint: Paint): string {
  return entries
    .map((entry, i) => {
      const baseline = top + legendLine * (i + 1)
      const words = text(entry.words, { x: left + 30, y: baseline }, legendSize, paint.of('muted'))
      return signMarkup(entry, left, baseline, paint) + words
    })
    .join('')
}

export interface SvgOptions {
  /** What it shows, for readers who cannot see it. */
  readonly title: string
  /** What else such readers should know, a sentence each. */
  readonly described?: readonly string[]
  readonly paint: Paint
  /** A file of its own, with what that needs: namespace, fonts, background. */
  readonly standalone: boolean
}

/** Where everything must have room: boxes, and the bows of edges past them. */
function bounds(picture: GraphPicture, boxes: readonly Box[]) {
  const middles = picture.edges.flatMap((edge) => {
    const route = edgeRoute(edge, boxes, edgeLook(edge).width)
    return route === null ? [] : [{ ...route.middle, width: edgeLabelBox(edge.label).width, height: 2 * legendLine }]
  })
  const all = [...boxes, ...middles]
  return {
    left: Math.min(...all.map(({ x, width }) => x - width / 2)) - margin,
    right: Math.max(...all.map(({ x, width }) => x + width / 2)) + margin,
    top: Math.min(...all.map(({ y, height }) => y - height / 2)) - margin,
    bottom: Math.max(...all.map(({ y, height }) => y + height / 2)) + margin,
  }
}

export function graphSvg(
  picture: GraphPicture,
  placement: Placement,
  { title, described = [], paint, standalone }: SvgOptions,
): string {
  const boxes = picture.nodes.map(nodeBox)
  const places = placed(boxes, picture.edges, placement)
  const { left, right, top, bottom } = bounds(picture, places)
  const entries = [...legendOf(picture), ...matchLegend(picture)]
  const legendWidth = Math.max(0, ...entries.map(({ words }) => 30 + textWidth(words, legendSize))) + 2 * margin
  const width = Math.ceil(Math.max(right - left, legendWidth))
  const height = Math.ceil(bottom - top + (entries.length === 0 ? 0 : legendLine * entries.length))
  const start = left - (width - (right - left)) / 2
  const own = standalone ? ` xmlns="http://www.w3.org/2000/svg" font-family="${fonts}"` : ''
  return [
    `<svg${own} width="${width}" height="${height}" viewBox="${n(start)} ${n(top)} ${width} ${height}" role="img" aria-label="${escapeMarkup(title)}">`,
    described.length === 0 ? '' : `<desc>${escapeMarkup(described.join('\n'))}</desc>`,
    standalone
      ? `<rect x="${n(start)}" y="${n(top)}" width="${width}" height="${height}" fill="${paint.of('surface')}"/>`
      : '',
    ...picture.edges.map((edge) => edgeMarkup(edge, picture.nodes, places, paint)),
    ...picture.nodes.map((node, l) => nodeMarkup(node, boxes[l]!, places[l]!, paint)),
    legendMarkup(entries, start + margin, bottom - margin / 2, paint),
    '</svg>',
  ].join('')
}
