/** How sure a classifier is against how often it is right, before and after its temperature. */
import { pagePaint } from '../../../src-shared/colours.ts'
import type { Prediction, ReliabilityCurve } from '../../../src-shared/methods/facets.ts'
import { html, Markup } from './html.ts'

const [width, height] = [320, 230] as const
const [left, right, top, bottom] = [30, 8, 18, 32] as const

export function reliabilityFigures({ calibration, temperature }: Prediction): Markup | null {
  if (calibration === null) return null
  const figure = (title: string, curve: ReliabilityCurve): Markup =>
    html`<figure class="plot">
      <figcaption>
        ${title}: calibration error ${curve.error.toFixed(3)}, Brier score ${curve.brier.toFixed(3)}
      </figcaption>
      ${diagram(curve, title)}
    </figure>`
  return html`<h3>How sure it is, and how often it is right</h3>
    <p>
      Bars: share told right of the samples of which the told label has such a probability, with their number; points:
      their mean probability. On the broken line both are the same.
    </p>
    <div class="charts">
      ${figure('As trained', calibration.before)}
      ${figure(`At temperature ${temperature.toFixed(2)}`, calibration.after)}
    </div>`
}

function diagram({ bins }: ReliabilityCurve, title: string): Markup {
  const x = (share: number): number => left + share * (width - left - right)
  const y = (share: number): number => height - bottom - share * (height - top - bottom)
  const words = (text: string | number, px: number, py: number, anchor: string): string =>
    `<text x="${px.toFixed(1)}" y="${py.toFixed(1)}" text-anchor="${anchor}" font-size="10" fill="${pagePaint.of('muted')}">${text}</text>`
  const grid = [0, 0.5, 1].map(
    (tick) =>
      `<path d="M${left},${y(tick).toFixed(1)}H${width - right}" stroke="${pagePaint.of('line')}"/>` +
      words(tick, left - 4, y(tick) + 3.5, 'end') +
      words(tick, x(tick), height - bottom + 13, tick === 1 ? 'end' : 'middle'),
  )
  const bars = bins.map(({ from, to, samples, confidence, accuracy }) => {
    if (confidence === null || accuracy === null) return ''
    return (
      `<rect x="${(x(from) + 1).toFixed(1)}" width="${(x(to) - x(from) - 2).toFixed(1)}" y="${y(accuracy).toFixed(1)}" height="${(y(0) - y(accuracy)).toFixed(1)}" fill="${pagePaint.of('accent')}" fill-opacity="0.35"/>` +
      `<circle cx="${x(confidence).toFixed(1)}" cy="${y(accuracy).toFixed(1)}" r="2.5" fill="${pagePaint.of('accent')}"/>` +
      words(samples, x((from + to) / 2), Math.min(y(accuracy), y(confidence)) - 5, 'middle')
    )
  })
  return new Markup(
    [
      `<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Reliability, ${title}; calibration.csv holds the numbers">`,
      ...grid,
      ...bars,
      `<path d="M${x(0)},${y(0)}L${x(1)},${y(1)}" stroke="${pagePaint.of('text-2')}" stroke-dasharray="4 4"/>`,
      words('how sure', (left + width - right) / 2, height - 3, 'middle'),
      words('how often right', 0, 10, 'start'),
      '</svg>',
    ].join(''),
  )
}
