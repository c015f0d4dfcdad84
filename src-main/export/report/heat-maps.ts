/** Share told right under each disturbance of each measurement, and from each set of measurements, as depth of colour. */
import { percent } from '../../../src-shared/findings/words.ts'
import { disturbanceMap, missingMap } from '../../../src-shared/findings/robustness-maps.ts'
import type { Prediction } from '../../../src-shared/methods/facets.ts'
import { html, type Markup } from './html.ts'

type Row = Prediction['robustness'][number]

function cell(row: Row | null): Markup {
  if (row === null) return html`<td class="r muted">–</td>`
  const gain = row.base === null ? null : 100 * (row.accuracy - row.base.accuracy)
  const beside = gain === null ? '' : ` (${gain >= 0 ? '+' : '−'}${Math.abs(gain).toFixed(1)})`
  return html`<td
    class="r"
    style="background:color-mix(in srgb, var(--accent) ${(55 * row.accuracy).toFixed(0)}%, var(--surface))"
  >
    ${percent(row.accuracy, 1)}${beside}
  </td>`
}

export function heatMaps({ robustness }: Prediction): Markup {
  const disturbed = disturbanceMap(robustness)
  const missing = missingMap(robustness)
  const beside = robustness.some(({ base }) => base !== null)
  return html`<div class="scroll">
      <table>
        <caption>
          Share told right, by what was done to which
          measurement${beside ? '; in brackets points more or less than the base' : ''}
        </caption>
        <thead>
          <tr>
            <th scope="col">What was done</th>
            ${disturbed.targets.map((target) => html`<th scope="col" class="r">${target}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${disturbed.rows.map(
            ({ done, cells }) =>
              html`<tr>
                <th scope="row">${done}</th>
                ${cells.map(cell)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${
      missing.rows.length < 2
        ? null
        : html`<div class="scroll">
            <table>
              <caption>
                Share told right, by what is seen
              </caption>
              <thead>
                <tr>
                  ${missing.modalities.map((name) => html`<th scope="col">${name}</th>`)}
                  <th scope="col" class="r">told right</th>
                </tr>
              </thead>
              <tbody>
                ${missing.rows.map(
                  ({ seen, row }) =>
                    html`<tr>
                      ${seen.map((one) => html`<td class="${one ? '' : 'muted'}">${one ? 'seen' : 'missing'}</td>`)}
                      ${cell(row)}
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }`
}
