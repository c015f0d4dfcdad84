/** How well a label is told: by class, by what may be seen, and the samples that are nearest to another label. */
import { percent } from '../../../src-shared/findings/words.ts'
import type { Prediction } from '../../../src-shared/methods/facets.ts'
import { facetsOf } from '../../../src-shared/methods/results.ts'
import type { CheckedRun } from '../finished-run.ts'
import { structuralCaption } from '../../../src-shared/graph-formats/structural-model.ts'
import { pagePaint } from '../../../src-shared/colours.ts'
import { drawnModel } from '../graph-drawing.ts'
import { fragileChangesSection } from './fragile.ts'
import { heatMaps } from './heat-maps.ts'
import { html, Markup } from './html.ts'
import { reliabilityFigures } from './reliability.ts'

/** Classes of which every pair can be shown. */
const mostClasses = 20

export async function predictionSection(run: CheckedRun): Promise<Markup | null> {
  const { prediction } = facetsOf(run.result)
  if (prediction === null) return null
  const { label, classes, confusion, attention, fragile, measured, measuredOn, accuracy } = prediction
  const table =
    classes.length > mostClasses
      ? html`<p class="muted">${classes.length} classes are too many to show every pair of.</p>`
      : html`<table>
          <caption>
            Samples of a class (rows) by the class that was told
          </caption>
          <thead>
            <tr>
              <th scope="col">${label}</th>
              ${classes.map((name) => html`<th scope="col" class="r">${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${confusion.map(
              (row, c) =>
                html`<tr>
                  <th scope="row">${classes[c]!}</th>
                  ${row.map((count) => html`<td class="r">${count}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>`
  return html`<section aria-labelledby="prediction">
    <h2 id="prediction">How well ${label} is told</h2>
    <p class="lead">
      Right for ${percent(accuracy.value)} of ${measured} ${measuredOn} samples (95 %: ${percent(accuracy.low)} to
      ${percent(accuracy.high)}).
    </p>
    <div class="figure">${new Markup(drawnModel(run, pagePaint, false))}</div>
    <p class="muted small">${structuralCaption}</p>
    ${table}
    <h3>As measured, disturbed, and seen in part</h3>
    ${heatMaps(prediction)} ${reliabilityFigures(prediction)} ${attention.length < 2 ? null : attentionTable(attention)}
    <h3>Most fragile samples</h3>
    <p>
      How far the representation has to move before another label is told; 1 is the root mean square distance of the
      samples from their mean.
    </p>
    <table>
      <thead>
        <tr>
          <th scope="col">Sample</th>
          <th scope="col">Label</th>
          <th scope="col">Told</th>
          <th scope="col">Instead</th>
          <th scope="col" class="r">Smallest change</th>
        </tr>
      </thead>
      <tbody>
        ${fragile.map(
          ({ id, label: own, told, instead, fragility }) =>
            html`<tr>
              <th scope="row">${id}</th>
              <td>${own ?? '–'}</td>
              <td>${told}</td>
              <td>${instead}</td>
              <td class="r">${fragility.toPrecision(2)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${await fragileChangesSection(run, prediction)}
  </section>`
}

/** What the instrument takes: a row a modality. */
function attentionTable(attention: Prediction['attention']): Markup {
  return html`<h3>What each modality takes from the others, on average</h3>
    <table>
      <thead>
        <tr>
          <th scope="col">Modality</th>
          ${attention.map(({ modality }) => html`<th scope="col" class="r">from ${modality}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${attention.map(
          ({ modality, takes }) =>
            html`<tr>
              <th scope="row">${modality}</th>
              ${takes.map((share) => html`<td class="r">${share === null ? '–' : percent(share)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`
}
