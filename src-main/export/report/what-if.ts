/** What-if questions kept with the run: the answer in words, cautions first, shares, and what the joint outcomes look like. */
import { pagePaint } from '../../../src-shared/colours.ts'
import type { Effect } from '../../../src-shared/contract/what-if.ts'
import { list, percent } from '../../../src-shared/findings/words.ts'
import type { CheckedRun } from '../finished-run.ts'
import { decodedModalities, decodedPicture } from './decoded.ts'
import { html, type Markup } from './html.ts'

/** Outcomes with a picture each, those first that are likeliest when set. */
const mostCards = 8
/** Outcomes that hardly ever come about are not drawn. */
const fewest = 0.01

function shares({ nodes, answers }: Effect): Markup {
  const open = answers.length > 1
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">Node</th>
          <th scope="col">Category</th>
          <th scope="col" class="r">as it is</th>
          <th scope="col" class="r">seen with it</th>
          <th scope="col" class="r">if set</th>
          ${open ? html`<th scope="col" class="r">over the graphs</th>` : null}
        </tr>
      </thead>
      <tbody>
        ${nodes.flatMap(({ name, categories, before, seen, set, low, high }) =>
          categories.map(
            (category, k) =>
              html`<tr>
                <td>${k === 0 ? name : ''}</td>
                <td>${category}</td>
                <td class="r">${percent(before[k]!)}</td>
                <td class="r">${seen === null ? 'never' : percent(seen[k]!)}</td>
                <td class="r">${percent(set[k]!)}</td>
                ${open ? html`<td class="r">${percent(low[k]!)} to ${percent(high[k]!)}</td>` : null}
              </tr>`,
          ),
        )}
      </tbody>
    </table>
  </div>`
}

/** The joint outcomes that would be, decoded, each with how often it is, is seen and would be. */
async function outcomeCards(run: CheckedRun, { nodes, outcomes }: Effect, at: number): Promise<Markup | null> {
  const decoded = decodedModalities(run)
  if (run.clusters === null || decoded.length === 0) return null
  const rowOf = new Map(run.dataset.ids.map((id, row) => [id, row]))
  const likely = outcomes
    .map((outcome, a) => ({ ...outcome, a }))
    .filter(({ set }) => set >= fewest)
    .sort((first, second) => second.set - first.set)
    .slice(0, mostCards)
  const cards: Markup[] = []
  for (const { a, categories, before, seen, set } of likely) {
    const summary = run.clusters.components.find(({ outcome }) => outcome === a)
    if (summary === undefined) continue
    const name = categories.map((k, l) => nodes[l]!.categories[k]!).join(' · ')
    const shown = { summary, name, colour: pagePaint.data(run.clusters.components.indexOf(summary)) }
    const pictures: (Markup | null)[] = []
    for (const modality of decoded) pictures.push(await decodedPicture(modality, shown, rowOf, `-what-if-${at}`))
    cards.push(
      html`<div class="card">
        <h3><span>${name}</span></h3>
        ${pictures}
        <p class="small">
          ${percent(before)} as it is, ${seen === null ? 'never seen' : `${percent(seen)} seen`}, ${percent(set)} if set
        </p>
      </div>`,
    )
  }
  return html`<div class="cards" style="margin-top:16px">${cards}</div>`
}

async function answer(run: CheckedRun, effect: Effect, at: number): Promise<Markup> {
  const { settings, nodes, cautions, text } = effect
  const words = list(settings.map(({ node, value }) => `${nodes[node]!.name} = ${nodes[node]!.categories[value]!}`))
  return html`<h3 style="margin-top:24px">If ${words} were set</h3>
    <ul class="findings">
      ${cautions.map((caution) => html`<li class="warning"><span class="tag">Caution:</span> ${caution}</li>`)}
    </ul>
    <p style="margin-top:12px">${text.join(' ')}</p>
    ${shares(effect)} ${await outcomeCards(run, effect, at)}`
}

/** Nothing where no question was kept. */
export async function whatIfSection(run: CheckedRun): Promise<Markup | null> {
  const { whatIf = [] } = run
  if (whatIf.length === 0) return null
  const answers: Markup[] = []
  for (const [at, effect] of whatIf.entries()) answers.push(await answer(run, effect, at))
  return html`<section aria-labelledby="what-if">
    <h2 id="what-if">What if</h2>
    <p class="lead">
      Shares of the categories as the samples are, among those seen with what is set, and if it were set from outside.
    </p>
    ${answers}
  </section>`
}
