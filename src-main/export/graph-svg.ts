/** The learned graph as a picture: boxes with category bars, arrows only where the data fix the direction. */
import type { LearnedGraph } from '../../src-shared/graph/learned-graph.ts'
import { type Edge, isDirected, shareJoined, shown } from '../../src-shared/graph/edge.ts'
import { edgeSigns } from '../../src-shared/graph/edge-words.ts'
import { named } from '../../src-shared/graph/marked-graph.ts'
import { headline } from '../../src-shared/findings/headline.ts'
import { percent } from '../../src-shared/findings/words.ts'
import { escapeMarkup } from '../../src-shared/graph-formats/markup.ts'
import { marginals } from '../../src-shared/graph-formats/probabilities.ts'
import { type GraphLayout, graphLayout } from './graph-layout.ts'
import { drawNode, type NodeBox, nodeBox } from './node-box.ts'
import { lightPaint, type Paint } from '../../src-shared/colours.ts'
import { textWidth } from './text-width.ts'

export const fonts = "Inter, system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"

type Point = GraphLayout['nodes'][number]

const at = ({ x, y }: Point): string => `${x.toFixed(1)},${y.toFixed(1)}`
const between = (a: Point, b: Point, t: number): Point => ({ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t })

/** A uniform cubic B-spline through the layout's bends, from the first point to the last. */
function spline(points: readonly Point[]): string {
  const first = points[0]!
  const last = points.at(-1)!
  if (points.length < 3) return `M${at(first)}L${at(last)}`
  const path = [`M${at(first)}L${at(between(first, points[1]!, 1 / 6))}`]
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!]
    const c = points[i + 1]
    const end = c === undefined ? between(b, a, 1 / 6) : between(between(a, b, 2 / 3), between(b, c, 1 / 3), 0.5)
    path.push(`C${at(between(a, b, 1 / 3))} ${at(between(a, b, 2 / 3))} ${at(end)}`)
  }
  return `${path.join('')}L${at(last)}`
}

function arrowHead(tip: Point, from: Point, length: number, fill: string, opacity: number): string {
  const distance = Math.hypot(tip.x - from.x, tip.y - from.y) || 1
  const [ux, uy] = [(tip.x - from.x) / distance, (tip.y - from.y) / distance]
  const back = { x: tip.x - ux * length, y: tip.y - uy * length }
  const half = length * 0.42
  const left = { x: back.x - uy * half, y: back.y + ux * half }
  const right = { x: back.x + uy * half, y: back.y - ux * half }
  return `<path d="M${at(tip)}L${at(left)}L${at(right)}Z" fill="${fill}" fill-opacity="${opacity.toFixed(2)}"/>`
}

function edgeTitle(graph: LearnedGraph, link: Edge): string {
  const [ends] = named([link], (node) => graph.nodes[node]!.name)
  const joined = shareJoined(link)
  const open = isDirected(link) ? '' : ', direction not fixed by the data'
  const often = joined === null ? '' : `, in ${percent(joined)} of ${graph.restarts} restarts`
  return `${edgeSigns(ends!)}${open}: strength ${link.strength.toFixed(2)}${often}`
}

function edgeLabel(text: string, { x, y }: Point, paint: Paint): string {
  const width = textWidth(text, 11) + 8
  const back = `<rect x="${(x - width / 2).toFixed(1)}" y="${(y - 8).toFixed(1)}" width="${width.toFixed(1)}" height="16" rx="4" fill="${paint.of('surface')}"/>`
  return `${back}<text x="${x.toFixed(1)}" y="${(y + 4).toFixed(1)}" text-anchor="middle" font-size="11" fill="${paint.of('text-2')}">${text}</text>`
}

function drawEdge(graph: LearnedGraph, link: Edge, route: GraphLayout['edges'][number], paint: Paint): string {
  const share = shareJoined(link)
  const opacity = 0.4 + 0.6 * (share ?? 1)
  const width = 1 + 3 * link.strength ** 2
  const tip = route.points.at(-1)!
  const before = route.points.at(-2) ?? tip
  const head = 7 + 2 * width
  const distance = Math.hypot(tip.x - before.x, tip.y - before.y) || 1
  // The line ends inside the head, or its blunt end would show at the tip.
  const lineEnd = isDirected(link) ? between(tip, before, Math.min(1, (head * 0.7) / distance)) : tip
  return [
    `<g><title>${escapeMarkup(edgeTitle(graph, link))}</title>`,
    `<path d="${spline([...route.points.slice(0, -1), lineEnd])}" fill="none" stroke="${paint.of('text-2')}" stroke-width="${width.toFixed(2)}" stroke-opacity="${opacity.toFixed(2)}"${isDirected(link) ? '' : ' stroke-dasharray="6 5"'}/>`,
    isDirected(link) ? arrowHead(tip, before, head, paint.of('text-2'), opacity) : '',
    share !== null ? edgeLabel(`${Math.round(share * 100)} %`, route.label, paint) : '',
    '</g>',
  ].join('')
}

function legend(
  graph: LearnedGraph,
  all: readonly Edge[],
  y: number,
  paint: Paint,
): { readonly svg: string; readonly width: number } {
  if (all.length === 0) return { svg: '', width: 0 }
  const share = '%: share of restarts that hold the edge'
  const entries = [
    { dash: '', text: graph.restarts > 0 ? `${share}; width: its strength` : 'width: strength of the edge' },
    ...(all.some((link) => !isDirected(link))
      ? [{ dash: ' stroke-dasharray="6 5"', text: 'dashed: direction not fixed by the data' }]
      : []),
  ]
  const svg = entries.map(({ dash, text }, i) => {
    const baseline = y + 16 * i
    return `<path d="M12,${baseline - 4}h22" stroke="${paint.of('text-2')}" stroke-width="2"${dash}/><text x="42" y="${baseline}" font-size="11" fill="${paint.of('muted')}">${text}</text>`
  })
  return { svg: svg.join(''), width: 54 + Math.max(...entries.map(({ text }) => textWidth(text, 11))) }
}

interface Drawing {
  readonly svg: string
  /** Centre of each node, pixels. */
  readonly positions: readonly (readonly [number, number])[]
}

/** The picture as an SVG element; `standalone` adds what a file of its own needs: namespace, fonts, background. */
export function drawGraph(graph: LearnedGraph, paint: Paint = lightPaint, standalone = true): Drawing {
  const probabilities = marginals(graph)
  const boxes = graph.nodes.map((node, l): NodeBox => nodeBox(node, probabilities[l]!))
  const all = graph.edges.map(shown)
  const placed = graphLayout(
    boxes,
    all.map(({ from, to }) => [from, to] as const),
    { width: 44, height: 18 },
  )
  const { svg: key, width: keyWidth } = legend(graph, all, placed.height + 20, paint)
  const width = Math.ceil(Math.max(placed.width, keyWidth))
  const height = Math.ceil(placed.height + (all.length === 0 ? 0 : all.every((link) => isDirected(link)) ? 32 : 48))
  const shift = (width - placed.width) / 2
  const edges = all.map((link, i) => drawEdge(graph, link, placed.edges[i]!, paint))
  const nodes = boxes.map((box, l) => {
    const { x, y } = placed.nodes[l]!
    return drawNode(box, x - box.width / 2, y - box.height / 2, paint)
  })
  const own = standalone ? ` xmlns="http://www.w3.org/2000/svg" font-family="${fonts}"` : ''
  const svg = [
    `<svg${own} width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeMarkup(`Learned graph. ${headline(graph)}`)}">`,
    standalone ? `<rect width="${width}" height="${height}" fill="${paint.of('surface')}"/>` : '',
    `<g transform="translate(${shift.toFixed(1)},0)">${edges.join('')}${nodes.join('')}</g>`,
    key,
    '</svg>',
  ].join('')
  return { svg, positions: placed.nodes.map(({ x, y }) => [x, y] as const) }
}
