/** One modality of a component as the model draws it from the component's mean, beside the nearest real sample. */
import type { ComponentSummary } from '../../../src-shared/methods/facets.ts'
import type { Modality } from '../../../src-shared/domain/dataset.ts'
import { type DisplayRange, displayRange, unitRange } from '../../datasets/display-range.ts'
import { type ModalityData, sizeOf } from '../../datasets/dataset.ts'
import type { CheckedRun } from '../finished-run.ts'
import { pagePaint } from '../../../src-shared/colours.ts'
import { axisLabel, axisNumber } from './axes.ts'
import { html, type Markup } from './html.ts'
import { lineChart, rangeOf } from './line-chart.ts'
import { imageUri, inUserUnits } from './pictures.ts'

const mostFeatures = 12
const sampledForRange = 32

export interface Decoded {
  readonly data: ModalityData
  /** [C][prod(shape)], stored scale. */
  readonly values: readonly (readonly number[])[]
  /** Curves: the range of all components in user units, so that their small charts compare. */
  readonly range: readonly [number, number]
  /** Images: what is black and what is white, one for all components and samples. */
  readonly shown: DisplayRange
}

/** A component as the report shows it. */
export interface Shown {
  readonly summary: ComponentSummary
  readonly name: string
  readonly colour: string
}

/** The modalities that were decoded; expert or neural alike. */
export function decodedModalities({ dataset, clusters }: CheckedRun): readonly Decoded[] {
  return (clusters?.decoded ?? []).flatMap(({ modality: name, values }): Decoded[] => {
    const data = dataset.modalities.find(({ modality }) => modality.name === name)
    if (data === undefined) return []
    const { modality } = data
    const curves = modality.kind === 'curve' ? values.map((curve) => inUserUnits(modality, curve)) : []
    const shown = modality.kind === 'image' ? displayRange(modality, measuredValues(data)) : unitRange
    return [{ data, values, range: rangeOf(curves.flat()), shown }]
  })
}

/** Stored values of the samples that have the modality, of so many at most. */
function measuredValues({ modality, data, present }: ModalityData): Float32Array {
  const size = sizeOf(modality.shape)
  const every = Math.max(1, Math.ceil(present.length / sampledForRange))
  const rows = Array.from(present.keys()).filter((row) => present[row] === 1 && row % every === 0)
  return Float32Array.from(rows.flatMap((row) => Array.from(data.subarray(row * size, (row + 1) * size))))
}

export function gridOf(modality: Modality): readonly number[] {
  return modality.grid ?? Array.from({ length: sizeOf(modality.shape) }, (_, i) => i)
}

export function axisLabels(modality: Modality): { readonly xLabel: string; readonly yLabel: string } {
  return {
    xLabel: modality.grid === undefined ? 'point' : axisLabel(modality.gridLabel, modality.gridUnit),
    yLabel: axisLabel(modality.valueLabel ?? modality.name, modality.valueUnit),
  }
}

interface Sample {
  readonly id: string
  readonly values: Float32Array
}

/** The stored values of the sample nearest to the component's mean that has this modality. */
function nearestSample(
  rowOf: ReadonlyMap<string, number>,
  component: ComponentSummary,
  { modality, data, present }: ModalityData,
): Sample | null {
  const size = sizeOf(modality.shape)
  for (const id of component.nearest) {
    const row = rowOf.get(id)
    if (row !== undefined && present[row] === 1) return { id, values: data.subarray(row * size, (row + 1) * size) }
  }
  return null
}

async function images(
  { data: { modality }, shown }: Decoded,
  values: readonly number[],
  near: Sample | null,
  name: string,
): Promise<Markup> {
  const figure = async (picture: ArrayLike<number>, of: string, caption: string): Promise<Markup> =>
    html`<figure>
      <img src="${await imageUri(modality, picture, shown)}" alt="${of}" />
      <figcaption>${caption}</figcaption>
    </figure>`
  const decoded = await figure(values, `${modality.name} decoded for ${name}`, 'decoded')
  const real = near === null ? null : await figure(near.values, `${modality.name} of ${near.id}`, near.id)
  return html`<div class="pics">${decoded}${real}</div>`
}

function curve(
  { data, range }: Decoded,
  values: readonly number[],
  near: Sample | null,
  shown: Shown,
  place: string,
): Markup {
  const { modality } = data
  const real = near === null ? null : inUserUnits(modality, near.values)
  const chart = lineChart(
    {
      title: `${modality.name} decoded for ${shown.name}`,
      x: gridOf(modality),
      series: [
        ...(real === null
          ? []
          : [{ label: near!.id, colour: pagePaint.of('muted'), values: real, dash: '4 3', width: 1.1 }]),
        { label: 'decoded', colour: shown.colour, values: inUserUnits(modality, values), width: 2 },
      ],
      ...axisLabels(modality),
      xLabel: '',
      width: 208,
      height: 120,
      yRange: rangeOf([...range, ...(real ?? [])]),
    },
    `curve-${shown.summary.outcome}-${modality.name.replace(/\W/g, '_')}${place}`,
  )
  return html`<figure class="plot">
    ${chart}
    <figcaption>decoded${near === null ? '' : `; dashed: ${near.id}`}</figcaption>
  </figure>`
}

function features(modality: Modality, values: readonly number[]): Markup {
  const shown = inUserUnits(modality, values).slice(0, mostFeatures)
  const name = (i: number): string => modality.features?.[i] ?? `${modality.name} ${i + 1}`
  const more = values.length - shown.length
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
    ${more > 0 ? html`<p class="muted small">and ${more} more</p>` : null}`
}

/**
 * Null for what cannot be looked at: an embedding, or a modality that was not decoded.
 * @param place tells apart pictures of one component in several places of the page
 */
export async function decodedPicture(
  decoded: Decoded,
  shown: Shown,
  rowOf: ReadonlyMap<string, number>,
  place = '',
): Promise<Markup | null> {
  const { modality } = decoded.data
  const values = decoded.values[shown.summary.outcome]
  if (values === undefined) return null
  const near = nearestSample(rowOf, shown.summary, decoded.data)
  switch (modality.kind) {
    case 'image':
      return images(decoded, values, near, shown.name)
    case 'curve':
      return curve(decoded, values, near, shown, place)
    case 'vector':
      return features(modality, values)
    case 'embedding':
      return null
    default:
      return modality.kind satisfies never
  }
}
