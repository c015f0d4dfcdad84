/** Lines over a common x axis, as SVG that needs no script. */
import { escapeMarkup } from '../../../src-shared/graph-formats/markup.ts'
import { textWidth } from '../../../src-shared/graph-picture/text-width.ts'
import { pagePaint } from '../../../src-shared/colours.ts'
import { axisNumber, ticks } from './axes.ts'
import { Markup } from './html.ts'

export interface Series {
  readonly label: string
  readonly colour: string
  /** Null where there is no value: the line breaks. */
  readonly values: readonly (number | null)[]
  readonly width?: number
  readonly dash?: string
}

export interface Chart {
  /** What the chart shows, for readers who cannot see it. */
  readonly title: string
  readonly x: readonly number[]
  readonly series: readonly Series[]
  readonly xLabel: string
  /** Ticks at whole numbers only. */
  readonly wholeX?: boolean
  readonly yLabel: string
  readonly width: number
  readonly height: number
  /** Range of y where it is not that of the values; lines leave the frame unseen. */
  readonly yRange?: readonly [number, number]
  /** Dashed uprights, each with words beside it. */
  readonly marks?: readonly ChartMark[]
}

export interface ChartMark {
  readonly x: number
  readonly label: string
}

/** Range of all finite values, a little wider, never empty. */
export function rangeOf(values: Iterable<number | null>): readonly [number, number] {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (low > high) return [0, 1]
  const margin = (high - low || Math.abs(high) || 1) * 0.04
  return [low - margin, high + margin]
}

/** Points of the line, split wherever a value is missing. */
function path(x: readonly number[], values: Series['values'], at: (x: number, y: number) => string): string {
  let pen = 'M'
  let out = ''
  values.forEach((value, i) => {
    if (value === null || !Number.isFinite(value)) {
      pen = 'M'
      return
    }
    out += pen + at(x[i]!, value)
    pen = 'L'
  })
  return out
}

export function lineChart(chart: Chart, id: string): Markup {
  const { width, height } = chart
  const [x0, x1] = chart.x.length > 1 ? [Math.min(...chart.x), Math.max(...chart.x)] : [0, 1]
  const [y0, y1] = chart.yRange ?? rangeOf(chart.series.flatMap((series) => [...series.values]))
  const yTicks = ticks(y0, y1, Math.max(2, Math.floor(height / 44)))
  const left = 12 + Math.max(...yTicks.map((tick) => textWidth(axisNumber(tick), 10)))
  const [top, right, bottom] = [chart.yLabel === '' ? 8 : 22, 10, chart.xLabel === '' ? 20 : 36]
  const px = (x: number): number => left + ((x - x0) / (x1 - x0 || 1)) * (width - left - right)
  const py = (y: number): number => top + (1 - (y - y0) / (y1 - y0 || 1)) * (height - top - bottom)
  const words = (text: string, x: number, y: number, anchor: string, size = 10): string =>
    `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" font-size="${size}" fill="${pagePaint.of('muted')}">${escapeMarkup(text)}</text>`
  const parts = [
    `<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeMarkup(chart.title)}">`,
    `<clipPath id="${id}"><rect x="${left.toFixed(1)}" y="${top - 2}" width="${(width - left - right + 2).toFixed(1)}" height="${height - top - bottom + 4}"/></clipPath>`,
    ...yTicks.map(
      (tick) =>
        `<path d="M${left.toFixed(1)},${py(tick).toFixed(1)}H${width - right}" stroke="${pagePaint.of('line')}"/>${words(axisNumber(tick), left - 6, py(tick) + 3.5, 'end')}`,
    ),
    ...ticks(x0, x1, Math.max(2, Math.floor((width - left) / 70)))
      .filter((tick) => chart.wholeX !== true || Number.isInteger(tick))
      .map((tick) => words(axisNumber(tick), px(tick), height - bottom + 14, 'middle')),
    words(chart.xLabel, (left + width - right) / 2, height - 4, 'middle', 11),
    words(chart.yLabel, 0, 11, 'start', 11),
  ]
  for (const mark of chart.marks ?? []) {
    const x = px(mark.x)
    const beside = x + 8 + textWidth(mark.label, 10) < width ? 'start' : 'end'
    parts.push(
      `<path d="M${x.toFixed(1)},${top}V${height - bottom}" stroke="${pagePaint.of('line-strong')}" stroke-dasharray="3 3"/>`,
      words(mark.label, beside === 'start' ? x + 5 : x - 5, height - bottom - 6, beside),
    )
  }
  for (const series of chart.series) {
    const d = path(chart.x, series.values, (x, y) => `${px(x).toFixed(1)},${py(y).toFixed(1)}`)
    const dash = series.dash === undefined ? '' : ` stroke-dasharray="${series.dash}"`
    parts.push(
      `<path d="${d}" clip-path="url(#${id})" fill="none" stroke="${series.colour}" stroke-width="${series.width ?? 1.6}" stroke-linejoin="round"${dash}><title>${escapeMarkup(series.label)}</title></path>`,
    )
  }
  return new Markup(`${parts.join('')}</svg>`)
}
