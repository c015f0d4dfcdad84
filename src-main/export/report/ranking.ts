/** What counts for most, in order. */
import { facetsOf } from '../../../src-shared/methods/results.ts'
import type { CheckedRun } from '../finished-run.ts'
import { html, type Markup } from './html.ts'

export function rankingSection({ result }: CheckedRun): Markup | null {
  const { ranking } = facetsOf(result)
  if (ranking === null) return null
  return html`<section aria-labelledby="ranking">
    <h2 id="ranking">${ranking.title}</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">Rank</th>
          <th scope="col">Name</th>
          <th scope="col" class="r">${ranking.measure}</th>
        </tr>
      </thead>
      <tbody>
        ${ranking.entries.map(
          ({ name, value }, i) =>
            html`<tr>
              <td>${i + 1}</td>
              <th scope="row">${name}</th>
              <td class="r">${value.toPrecision(4)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`
}
