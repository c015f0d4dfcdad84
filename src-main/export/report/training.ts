/** How training went: the score and each of its terms over the epochs. */
import type { ScoreKind } from '../../../src-shared/domain/result.ts'
import { phaseBeginnings } from '../../../src-shared/methods/phase-beginnings.ts'
import { resultsOf } from '../../../src-shared/methods/results.ts'
import type { EpochMetrics } from '../../../src-shared/domain/run.ts'
import type { CheckedRun } from '../finished-run.ts'
import { pagePaint } from '../../../src-shared/colours.ts'
import { axisNumber } from './axes.ts'
import { html, type Markup } from './html.ts'
import { type ChartMark, lineChart, rangeOf } from './line-chart.ts'

/** "Reconstruction · curves" for `reconstruction/curves`. */
function termName(key: string, names: Readonly<Record<string, string>>): string {
  const [kind = key, ...rest] = key.split('/')
  return [names[kind] ?? kind, ...rest].join(' · ')
}

/** Range of the later three quarters where the beginning would flatten all the rest, and how many epochs it hides. */
function settledRange(values: readonly (number | null)[]): { range: readonly [number, number]; hidden: number } {
  const known = values.filter((value) => value !== null)
  const all = rangeOf(known)
  const late = rangeOf(known.slice(Math.floor(known.length / 4)))
  const span = late[1] - late[0]
  if (known.length < 8 || all[1] - all[0] < 4 * span) return { range: all, hidden: 0 }
  const range = [late[0] - 0.25 * span, late[1]] as const
  return { range, hidden: known.filter((value) => value < range[0]).length }
}

function scoreChart(
  { name, unit }: ScoreKind,
  epochs: readonly EpochMetrics[],
  x: readonly number[],
  marks: readonly ChartMark[],
): Markup {
  const scores = epochs.map((epoch) => epoch.score)
  const validation = epochs.map((epoch) => epoch.validationScore)
  const { range, hidden } = settledRange(scores)
  const both = rangeOf([...range, ...validation.filter((value) => value !== null && value >= range[0])])
  const chart = lineChart(
    {
      title: `${name} per sample over the epochs, training and validation`,
      x,
      series: [
        { label: 'validation', colour: pagePaint.of('muted'), values: validation, width: 1.3 },
        { label: 'training', colour: pagePaint.of('accent'), values: scores, width: 2.2 },
      ],
      xLabel: 'epoch',
      wholeX: true,
      yLabel: `${name} (${unit} per sample)`,
      width: 720,
      height: 280,
      yRange: both,
      marks,
    },
    'score',
  )
  const note =
    hidden === 0
      ? null
      : html`<p class="muted small">${hidden} ${hidden === 1 ? 'epoch lies' : 'epochs lie'} below the frame.</p>`
  const key = html`<div class="key">
    <span><i class="swatch" style="background:var(--accent)"></i>training</span
    ><span><i class="swatch" style="background:var(--muted)"></i>validation</span>
  </div>`
  return html`${validation.some((value) => value !== null) ? key : null}
    <div class="figure">${chart}</div>
    ${note}`
}

function termChart(
  epochs: readonly EpochMetrics[],
  x: readonly number[],
  name: string,
  key: string,
  i: number,
): Markup {
  const values = epochs.map((epoch) => epoch.terms[key] ?? null)
  const last = values.findLast((value) => value !== null) ?? 0
  const chart = lineChart(
    {
      title: `${name} over the epochs`,
      x,
      series: [{ label: name, colour: pagePaint.data(i), values }],
      xLabel: '',
      wholeX: true,
      yLabel: '',
      width: 300,
      height: 130,
      yRange: settledRange(values).range,
    },
    `term-${i}`,
  )
  return html`<figure>
    <h3>${name} <span class="num muted">${axisNumber(Number(last.toFixed(3)))}</span></h3>
    ${chart}
  </figure>`
}

export function trainingSection({ epochs, result }: CheckedRun): Markup {
  const { name, unit, value } = result.score
  const { terms, phases } = resultsOf(result.method)
  const lead = html`<p class="lead">
    The ${name} ended at <span class="num">${axisNumber(Number(value.toFixed(3)))}</span> ${unit} per sample after
    ${result.epochs} epochs.
  </p>`
  if (epochs.length === 0)
    return html`<section aria-labelledby="training">
      <h2 id="training">Training</h2>
      ${lead}
      <p class="muted">No epochs were recorded.</p>
    </section>`
  // Epochs are counted through: each phase may start its own count at 1.
  const x = epochs.map((_, i) => i + 1)
  const marks = phaseBeginnings(epochs, phases).map(({ at, label }) => ({ x: at + 0.5, label }))
  const keys = [...new Set(epochs.flatMap((epoch) => Object.keys(epoch.terms)))]
  return html`<section aria-labelledby="training">
    <h2 id="training">Training</h2>
    ${lead} ${scoreChart(result.score, epochs, x, marks)}
    <h3 style="margin-top:20px">Terms of the ${name}, ${unit} per sample</h3>
    <div class="charts">${keys.map((key, i) => termChart(epochs, x, termName(key, terms), key, i))}</div>
  </section>`
}
