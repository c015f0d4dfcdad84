/** The components: weight, decoded samples beside the nearest real ones, curves in the user's units. */
import type { ComponentSummary } from '../../../src-shared/domain/result.ts'
import type { Modality } from '../../../src-shared/domain/dataset.ts'
import { percent } from '../../../src-shared/findings/words.ts'
import { type ModalityData, sizeOf } from '../../datasets/dataset.ts'
import type { CheckedRun } from '../finished-run.ts'
import { dataColour, ofPage } from '../palette.ts'
import { axisLabel, axisNumber } from './axes.ts'
import { html, type Markup } from './html.ts'
import { lineChart } from './line-chart.ts'
import { imageUri, inUserUnits } from './pictures.ts'

/** Components shown with their decoded samples, the largest first; clusters.csv has every sample of all. */
const mostCards = 48
const mostCurves = 16
const mostFeatures = 12

const colourOf = (component: ComponentSummary): string => dataColour(ofPage, component.outcome)

export function componentName({ graph }: CheckedRun, component: ComponentSummary): string {
  return component.categories.map((k, l) => graph.nodes[l]?.categories[k] ?? String(k)).join(' · ')
}

/** The stored values of the sample nearest to the component's mean that has this modality, with its id. */
function nearestSample(
  rowOf: ReadonlyMap<string, number>,
  component: ComponentSummary,
  { modality, data, present }: ModalityData,
): { readonly id: string; readonly values: Float32Array } | null {
  const size = sizeOf(modality.shape)
  for (const id of component.nearest) {
    const row = rowOf.get(id)
    if (row !== undefined && present[row] === 1) return { id, values: data.subarray(row * size, (row + 1) * size) }
  }
  return null
}

function gridOf(modality: Modality): readonly number[] {
  return modality.grid ?? Array.from({ length: sizeOf(modality.shape) }, (_, i) => i)
}

const chartLabels = (modality: Modality): { readonly xLabel: string; readonly yLabel: string } => ({
  xLabel: modality.grid === undefined ? 'point' : axisLabel(modality.gridLabel, modality.gridUnit),
  yLabel: axisLabel(modality.valueLabel ?? modality.name, modality.valueUnit),
})

function features(modality: Modality, values: readonly number[]): Markup {
  const shown = inUserUnits(modality, values).slice(0, mostFeatures)
  const name = (i: number): string => modality.features?.[i] ?? `${modality.name} ${i + 1}`
  return html`<table>
      <tbody>
        ${shown.map(
          (value, i) =>
            html`<tr>
              <td>${name(i)}</td>
              <td class="r">${axisNumber(Number(value.toPrecision(4)))}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${values.length > shown.length ? html`<p class="muted small">and ${values.length - shown.length} more</p>` : null}`
}

interface Decoded {
  readonly data: ModalityData
  readonly values: readonly (readonly number[])[]
}

async function picturesOf(
  run: CheckedRun,
  component: ComponentSummary,
  { data, values }: Decoded,
  rowOf: ReadonlyMap<string, number>,
): Promise<Markup | null> {
  const decoded = values[component.outcome]
  if (decoded === undefined) return null
  const { modality } = data
  const near = nearestSample(rowOf, component, data)
  const name = componentName(run, component)
  switch (modality.kind) {
    case 'image': {
      const uri = await imageUri(modality, decoded)
      const real =
        near === null
          ? null
          : html`<figure>
              <img src="${await imageUri(modality, near.values)}" alt="${modality.name} of ${near.id}" />
              <figcaption>${near.id}</figcaption>
            </figure>`
      return html`<div class="pics">
        <figure>
          <img src="${uri}" alt="${modality.name} decoded for ${name}" />
          <figcaption>decoded</figcaption>
        </figure>
        ${real}
      </div>`
    }
    case 'curve': {
      const real =
        near === null
          ? []
          : [
              {
                label: near.id,
                colour: ofPage.text3,
                values: inUserUnits(modality, near.values),
                dash: '4 3',
                width: 1.1,
              },
            ]
      const chart = lineChart(
        {
          title: `${modality.name} decoded for ${name}`,
          x: gridOf(modality),
          series: [
            ...real,
            { label: 'decoded', colour: colourOf(component), values: inUserUnits(modality, decoded), width: 2 },
          ],
          ...chartLabels(modality),
          xLabel: '',
          width: 208,
          height: 120,
          palette: ofPage,
        },
        `curve-${component.outcome}-${run.dataset.modalities.indexOf(data)}`,
      )
      return html`<figure class="plot">
        ${chart}
        <figcaption>decoded${near === null ? '' : `; dashed: ${near.id}`}</figcaption>
      </figure>`
    }
    case 'vector':
      return features(modality, decoded)
    case 'embedding':
      return null
    default:
      return modality.kind satisfies never
  }
}

function overlay(run: CheckedRun, shown: readonly ComponentSummary[], { data, values }: Decoded): Markup | null {
  const { modality } = data
  if (modality.kind !== 'curve') return null
  const drawn = shown.slice(0, mostCurves)
  const chart = lineChart(
    {
      title: `${modality.name}: the decoded curve of each component`,
      x: gridOf(modality),
      series: drawn.map((component, i) => ({
        label: componentName(run, component),
        colour: colourOf(component),
        values: inUserUnits(modality, values[component.outcome] ?? []),
        ...(i < 8 ? {} : { dash: '5 3' }),
      })),
      ...chartLabels(modality),
      width: 640,
      height: 280,
      palette: ofPage,
    },
    `overlay-${run.dataset.modalities.indexOf(data)}`,
  )
  const note = shown.length > drawn.length ? ` (the ${drawn.length} largest components)` : ''
  return html`<figure class="figure plot" style="margin-bottom:20px">
    <h3>${modality.name}${note}</h3>
    ${chart}
  </figure>`
}

export async function clustersSection(run: CheckedRun): Promise<Markup> {
  const { dataset, result } = run
  const rowOf = new Map(dataset.ids.map((id, row) => [id, row]))
  const decoded = result.decoded.flatMap(({ modality, values }): Decoded[] => {
    const data = dataset.modalities.find((candidate) => candidate.modality.name === modality)
    return data === undefined ? [] : [{ data, values }]
  })
  const largest = [...result.components].sort((a, b) => b.weight - a.weight || a.outcome - b.outcome)
  const shown = largest.slice(0, mostCards)
  const cards: Markup[] = []
  for (const component of shown) {
    const pictures: (Markup | null)[] = []
    for (const modality of decoded) pictures.push(await picturesOf(run, component, modality, rowOf))
    const nearest = component.nearest.slice(0, 3).join(', ')
    cards.push(
      html`<div class="card">
        <h3>
          <i class="swatch" style="background:${colourOf(component)}"></i><span>${componentName(run, component)}</span
          ><span class="r">${percent(component.weight, 1)}</span>
        </h3>
        ${pictures}
        <p class="muted small wrap">
          component ${component.outcome} · about ${(component.weight * dataset.ids.length).toFixed(0)}
          samples${nearest === '' ? '' : ` · nearest: ${nearest}`}
        </p>
      </div>`,
    )
  }
  const { nodes } = run.graph
  return html`<section aria-labelledby="clusters">
    <h2 id="clusters">Clusters</h2>
    <p class="lead">
      One component for each joint outcome of ${nodes.map((node) => node.name).join(', ')}, by size. “Decoded” is what
      the model draws from the component’s mean; beside it the sample nearest to that
      mean.${
        largest.length > shown.length
          ? ` The largest ${shown.length} of ${largest.length} are shown; clusters.csv has every sample.`
          : ''
      }
    </p>
    ${decoded.map((modality) => overlay(run, shown, modality))}
    <div class="cards">${cards}</div>
  </section>`
}
