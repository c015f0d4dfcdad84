/** The most fragile samples: as measured, changed as little as another label asks for, and the change alone. */
import { pagePaint } from '../../../src-shared/colours.ts'
import type { Prediction } from '../../../src-shared/methods/facets.ts'
import { sizeOf, type ModalityData } from '../../datasets/dataset.ts'
import { displayRange } from '../../datasets/display-range.ts'
import type { CheckedRun } from '../finished-run.ts'
import { html, type Markup } from './html.ts'
import { lineChart, rangeOf } from './line-chart.ts'
import { imageUri, inUserUnits } from './pictures.ts'

export async function fragileChangesSection(
  { dataset }: CheckedRun,
  { changes, fragile }: Prediction,
): Promise<Markup | null> {
  if (changes.length === 0) return null
  const cards = await Promise.all(
    changes.map(async ({ id, becomes, size, modalities }) => {
      const row = dataset.ids.indexOf(id)
      const told = fragile.find((one) => one.id === id)?.told ?? ''
      const shown = await Promise.all(
        modalities.map(({ name, values }) => {
          const found = dataset.modalities.find(({ modality }) => modality.name === name)
          return found === undefined || row < 0 ? Promise.resolve(null) : threeOf(found, row, values, id)
        }),
      )
      return html`<div class="card">
        <h3>${id}<span class="r">${size.toPrecision(2)}</span></h3>
        <p class="small">${told} becomes ${becomes}</p>
        ${shown}
      </div>`
    }),
  )
  return html`<h3>The smallest change found that another label is told after</h3>
    <p>
      As measured, changed, and the change alone, which fills its scale. The number is its root mean square in units of
      the measurements' spread; a smaller change may exist.
    </p>
    <div class="cards">${cards}</div>`
}

async function threeOf(
  { modality, data }: ModalityData,
  row: number,
  values: readonly number[],
  id: string,
): Promise<Markup> {
  const size = sizeOf(modality.shape)
  const before = data.subarray(row * size, (row + 1) * size)
  const change = values.map((value, k) => value - before[k]!)
  if (modality.kind === 'image') {
    const range = displayRange(modality, before)
    const most = change.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-12)
    const each = [
      ['measured', await imageUri(modality, before, range)],
      ['changed', await imageUri(modality, values, range)],
      ['change', await imageUri(modality, change, [-most, most])],
    ] as const
    return html`<div class="pics">
      ${each.map(
        ([what, uri]) =>
          html`<figure>
            <img src="${uri}" alt="${modality.name} of ${id}, ${what}" />
            <figcaption>${what}</figcaption>
          </figure>`,
      )}
    </div>`
  }
  const [measured, changed] = [inUserUnits(modality, before), inUserUnits(modality, values)]
  const x = modality.grid ?? measured.map((_, k) => k)
  const difference = changed.map((value, k) => value - measured[k]!)
  const chart = (title: string, series: Parameters<typeof lineChart>[0]['series']): Markup =>
    lineChart(
      {
        ...{ title: `${modality.name} of ${id}, ${title}`, x, series, xLabel: '', yLabel: title },
        ...{ width: 220, height: 110, yRange: rangeOf(series.flatMap((one) => [...one.values])) },
      },
      `fragile-${row}-${modality.name.replace(/\W/g, '-')}-${title.length}`,
    )
  return html`<figure class="plot">
    <figcaption>${modality.name}</figcaption>
    ${chart('measured, and changed (broken)', [
      { label: 'measured', colour: pagePaint.of('text-2'), values: measured },
      { label: 'changed', colour: pagePaint.of('accent'), values: changed, dash: '4 3' },
    ])}
    ${chart('change', [{ label: 'change', colour: pagePaint.of('accent'), values: difference }])}
  </figure>`
}
