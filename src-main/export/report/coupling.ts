/** What modalities share, component by component, with the samples at either end of each. */
import { facetsOf } from '../../../src-shared/methods/results.ts'
import type { CheckedRun } from '../finished-run.ts'
import { html, type Markup } from './html.ts'

/** Samples named at each end. */
const named = 3

export function couplingSection({ result }: CheckedRun): Markup | null {
  const { coupling } = facetsOf(result)
  if (coupling === null) return null
  const { components, pairs, measured, heldOut } = coupling
  const where = heldOut ? `${measured} samples kept from training` : `the ${measured} samples of the training`
  return html`<section aria-labelledby="coupling">
    <h2 id="coupling">Components that the measurements share</h2>
    <p>
      Correlation of each component as two modalities tell it, on ${where}; no direction is stated. Every modality has
      private latents besides.
    </p>
    <table>
      <thead>
        <tr>
          <th scope="col">Component</th>
          ${pairs.map(({ first, second }) => html`<th scope="col" class="r">${first} and ${second}</th>`)}
          <th scope="col">Lowest</th>
          <th scope="col">Highest</th>
        </tr>
      </thead>
      <tbody>
        ${components.map(
          ({ name, coupling: each, low, high }) =>
            html`<tr>
              <th scope="row">${name}</th>
              ${each.map((value) => html`<td class="r">${value.toFixed(2)}</td>`)}
              <td>${low.slice(0, named).join(', ')}</td>
              <td>${high.slice(0, named).join(', ')}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`
}
