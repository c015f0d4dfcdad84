/** The components: weights, decoded samples beside the nearest real ones, curves in the user's units. */
import type { ComponentSummary } from '../../../src-shared/methods/facets.ts'
import { list, percent } from '../../../src-shared/findings/words.ts'
import type { CheckedRun } from '../finished-run.ts'
import { clearColours, pagePaint } from '../../../src-shared/colours.ts'
import { axisLabels, type Decoded, decodedModalities, decodedPicture, gridOf, type Shown } from './decoded.ts'
import { html, type Markup } from './html.ts'
import { lineChart } from './line-chart.ts'
import { inUserUnits } from './pictures.ts'

/** Components shown with their decoded samples, the largest first; clusters.csv has every sample of all. */
const mostCards = 48
/** Curves in one chart: as many as can be told apart. */
const mostCurves = clearColours
/** What the model draws for a component with a smaller share of the samples is a guess, and not shown. */
const emptyWeight = 1e-3
/** So many empty outcomes are named, more only counted. */
const mostNamed = 12

function nameOf({ graph, names }: CheckedRun, component: ComponentSummary): string {
  const given = names?.clusters?.[component.outcome]
  if (given != null) return given
  if (graph === null) return `Cluster ${component.outcome + 1}`
  return component.categories.map((k, l) => graph.nodes[l]?.categories[k] ?? String(k)).join(' · ')
}

function overlay(shown: readonly Shown[], { data, values, range }: Decoded): Markup | null {
  const { modality } = data
  if (modality.kind !== 'curve') return null
  const drawn = shown.slice(0, mostCurves)
  const chart = lineChart(
    {
      title: `${modality.name}: the decoded curve of each component`,
      x: gridOf(modality),
      series: drawn.map(({ summary, name, colour }) => ({
        label: name,
        colour,
        values: inUserUnits(modality, values[summary.outcome] ?? []),
      })),
      ...axisLabels(modality),
      width: 640,
      height: 280,
      yRange: range,
    },
    `overlay-${modality.name.replace(/\W/g, '_')}`,
  )
  const note = shown.length > drawn.length ? ` of the ${drawn.length} largest components` : ''
  const key = drawn.map(
    ({ name, colour }) => html`<span><i class="swatch" style="background:${colour}"></i>${name}</span>`,
  )
  return html`<figure class="plot overlay">
    <h3>${modality.name}${note}</h3>
    <div class="figure">${chart}</div>
    <div class="key">${key}</div>
  </figure>`
}

function card({ dataset }: CheckedRun, { summary, name, colour }: Shown, pictures: readonly (Markup | null)[]): Markup {
  const nearest = summary.nearest.slice(0, 3).join(', ')
  const samples = Math.round(summary.weight * dataset.ids.length).toLocaleString('en')
  return html`<div class="card">
    <h3>
      <i class="swatch" style="background:${colour}"></i><span>${name}</span
      ><span class="r">${percent(summary.weight, 1)}</span>
    </h3>
    ${pictures}
    <p class="muted small wrap">
      component ${summary.outcome} · about ${samples} samples${nearest === '' ? '' : ` · nearest: ${nearest}`}
    </p>
  </div>`
}

/** Where nothing was decoded: the components as a plain table. */
function weights({ dataset }: CheckedRun, shown: readonly Shown[]): Markup {
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Outcome</th>
        <th scope="col" class="r">Component</th>
        <th scope="col" class="r">Share</th>
        <th scope="col" class="r">Samples</th>
      </tr>
    </thead>
    <tbody>
      ${shown.map(
        ({ summary, name }) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td class="r">${summary.outcome}</td>
            <td class="r">${percent(summary.weight, 1)}</td>
            <td class="r">${Math.round(summary.weight * dataset.ids.length).toLocaleString('en')}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

export async function clustersSection(run: CheckedRun): Promise<Markup | null> {
  const { dataset, graph, clusters } = run
  if (clusters === null) return null
  const rowOf = new Map(dataset.ids.map((id, row) => [id, row]))
  const decoded = decodedModalities(run)
  const largest = [...clusters.components].sort((a, b) => b.weight - a.weight || a.outcome - b.outcome)
  const held = largest.filter(({ weight }) => weight >= emptyWeight)
  const empty = largest.filter(({ weight }) => weight < emptyWeight).map((component) => nameOf(run, component))
  const shown = held.slice(0, mostCards).map((summary): Shown => ({
    summary,
    name: nameOf(run, summary),
    // As in the window: a cluster keeps its colour, whatever its size.
    colour: pagePaint.data(clusters.components.indexOf(summary)),
  }))
  const cards: Markup[] = []
  for (const component of decoded.length === 0 ? [] : shown) {
    const pictures: (Markup | null)[] = []
    for (const modality of decoded) pictures.push(await decodedPicture(modality, component, rowOf))
    cards.push(card(run, component, pictures))
  }
  const what =
    decoded.length === 0
      ? ''
      : ' “Decoded” is what the model draws from the component’s mean; beside it the sample nearest to that mean.'
  const cut =
    held.length > shown.length
      ? ` The largest ${shown.length} of ${held.length} are shown; clusters.csv has every sample.`
      : ''
  const named = empty.length <= mostNamed ? `: ${list(empty)}` : ''
  const rest =
    empty.length === 0
      ? null
      : html`<p class="muted small">
          ${empty.length} of ${largest.length} ${graph === null ? 'clusters' : 'joint outcomes'} hold almost no sample
          (under ${percent(emptyWeight, 1)})${named}.
        </p>`
  return html`<section aria-labelledby="clusters">
    <h2 id="clusters">Clusters</h2>
    <p class="lead">
      ${graph === null ? 'The clusters' : `One component for each joint outcome of ${list(graph.nodes.map((node) => node.name))}`},
      by size.${what}${cut}
    </p>
    ${decoded.map((modality) => overlay(shown, modality))}
    ${decoded.length === 0 ? weights(run, shown) : html`<div class="cards">${cards}</div>`} ${rest}
  </section>`
}
