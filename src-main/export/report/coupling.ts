/** What modalities share, component by component, with the samples at either end of each. */
import { standingWords } from '../../../src-shared/graph/edge-words.ts'
import { type CheckedRun, sharedBy } from '../finished-run.ts'
import type { JudgedCoupling } from '../../../src-shared/findings/judged-coupling.ts'
import { estimateText, percent } from '../../../src-shared/findings/words.ts'
import { html, type Markup } from './html.ts'

/** Samples named at each end. */
const named = 3

export function couplingSection(run: CheckedRun): Markup | null {
  const coupling = sharedBy(run)
  if (coupling === null) return null
  const { components, pairs, measured, heldOut, replicates, privates } = coupling
  const where = heldOut ? `${measured} samples kept from training` : `the ${measured} samples of the training`
  return html`<section aria-labelledby="coupling">
    <h2 id="coupling">Components that the measurements share</h2>
    <p>
      Correlation of each component as two modalities tell it, on ${where}; no direction is stated. Every modality has
      private latents besides.
      ${
        replicates === 0
          ? 'No replicate has tested yet which components return.'
          : `Whether a component returns: its |correlation| with its partner in ${replicates === 1 ? 'a training' : `${replicates} trainings`} on other parts of the samples, with a 95 % interval.`
      }
    </p>
    <table>
      <thead>
        <tr>
          <th scope="col">Component</th>
          ${pairs.map(({ first, second }) => html`<th scope="col" class="r">${first} and ${second}</th>`)}
          <th scope="col" class="r">Returns</th>
          <th scope="col">Standing</th>
          <th scope="col">Lowest</th>
          <th scope="col">Highest</th>
        </tr>
      </thead>
      <tbody>
        ${components.map(
          ({ name, own, coupling: each, low, high, replicability, standing }) =>
            html`<tr>
              <th scope="row">${name === own ? name : `${name} (${own})`}</th>
              ${each.map((value) => html`<td class="r">${value.toFixed(2)}</td>`)}
              <td class="r">${replicability === null ? '' : estimateText(replicability)}</td>
              <td>${standingWords[standing] || 'supported'}</td>
              <td>${low.slice(0, named).join(', ')}</td>
              <td>${high.slice(0, named).join(', ')}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${privates.length === 0 ? null : privateTable(privates)}
  </section>`
}

function privateTable(privates: JudgedCoupling['privates']): Markup {
  return html`<h3>What one measurement varies in alone</h3>
    <p>
      The measurement less what a curve of second degree through its coupled components tells of it, by PCA and FastICA.
    </p>
    <table>
      <thead>
        <tr>
          <th scope="col">Component</th>
          <th scope="col" class="r">Share of the variance</th>
          <th scope="col" class="r">Returns</th>
          <th scope="col">Standing</th>
          <th scope="col">Lowest</th>
          <th scope="col">Highest</th>
        </tr>
      </thead>
      <tbody>
        ${privates.flatMap(({ components }) =>
          components.map(
            ({ name, own, explained, low, high, replicability, standing }) =>
              html`<tr>
                <th scope="row">${name === own ? name : `${name} (${own})`}</th>
                <td class="r">${percent(explained)}</td>
                <td class="r">${replicability === null ? '' : estimateText(replicability)}</td>
                <td>${standingWords[standing] || 'supported'}</td>
                <td>${low.slice(0, named).join(', ')}</td>
                <td>${high.slice(0, named).join(', ')}</td>
              </tr>`,
          ),
        )}
      </tbody>
    </table>`
}
