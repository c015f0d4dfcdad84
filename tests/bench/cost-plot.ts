/** Cost curves side by side as an SVG: both axes logarithmic, so that a linear cost is a line of slope one. */

export interface Series {
  readonly title: string
  /** [x, seconds] */
  readonly points: readonly (readonly [number, number])[]
}

const panel = { width: 260, height: 212, left: 52, top: 28, right: 24, bottom: 44 }

/** Powers of ten around the values. */
function decades(numbers: readonly number[]): number[] {
  const low = Math.floor(Math.log10(Math.min(...numbers)))
  const high = Math.ceil(Math.log10(Math.max(...numbers)))
  return Array.from({ length: Math.max(high, low + 1) - low + 1 }, (_, i) => 10 ** (low + i))
}

function label(x: number, y: number, text: string, anchor = 'middle'): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${text}</text>`
}

export function costPlot(series: readonly Series[]): string {
  const ticks = decades(series.flatMap(({ points }) => points.map(([, seconds]) => seconds)))
  const [low, high] = [Math.log10(ticks[0]!), Math.log10(ticks.at(-1)!)]
  const inner = { width: panel.width - panel.left - panel.right, height: panel.height - panel.top - panel.bottom }
  const yOf = (seconds: number): number => panel.top + inner.height * (1 - (Math.log10(seconds) - low) / (high - low))
  const panels = series.map(({ title, points }, index) => {
    const left = index * panel.width + panel.left
    const first = Math.log2(points[0]![0])
    const span = Math.log2(points.at(-1)![0]) - first || 1
    const xOf = (x: number): number => left + inner.width * ((Math.log2(x) - first) / span)
    const base = panel.top + inner.height
    const grid = ticks.map(
      (seconds) =>
        `<path class="grid" d="M${left} ${yOf(seconds).toFixed(1)}h${inner.width}"/>` +
        label(left - 6, yOf(seconds) + 4, `${seconds}`, 'end'),
    )
    const marks = points.map(
      ([x, seconds]) =>
        `<circle cx="${xOf(x).toFixed(1)}" cy="${yOf(seconds).toFixed(1)}" r="3"/>` + label(xOf(x), base + 16, `${x}`),
    )
    const line = points.map(([x, seconds]) => `${xOf(x).toFixed(1)},${yOf(seconds).toFixed(1)}`).join(' ')
    const unit = label(left - 6, panel.top - 12, 's', 'end')
    return [
      unit,
      ...grid,
      `<polyline points="${line}"/>`,
      ...marks,
      label(left + inner.width / 2, base + 34, title),
    ].join('\n')
  })
  const width = series.length * panel.width
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${panel.height}" width="${width}" height="${panel.height}" role="img">
<title>Processor seconds of an epoch against ${series.map(({ title }) => title).join(', ')}</title>
<style>text { font: 11px sans-serif; fill: #3d4450 } .grid { stroke: #d5d9e0 } polyline { fill: none; stroke: #2563a8; stroke-width: 2 } circle { fill: #2563a8 }</style>
<rect width="${width}" height="${panel.height}" fill="#ffffff"/>
${panels.join('\n')}
</svg>
`
}
