/** Measurements in words: what a modality is, and what stands at the axes of its curves. */
import type { DatasetView } from '../../src-shared/contract/shapes.ts'
import { recipeText } from '../../src-shared/preparations/text.ts'
import { dividesWords } from '../../src-shared/preparations/words.ts'
import { count, number } from './quantities.ts'

export type ModalityView = DatasetView['modalities'][number]
/** What of it the words tell. */
type Spoken = Pick<
  ModalityView,
  'name' | 'kind' | 'shape' | 'grid' | 'gridLabel' | 'gridUnit' | 'valueLabel' | 'valueUnit'
>

const channelNames: Readonly<Record<number, string>> = {
  1: 'grey',
  2: 'grey with opacity',
  3: 'colour',
  4: 'colour with opacity',
}

function unitOf(unit: string | undefined): string {
  return unit === undefined || unit === '' ? '' : ` ${unit}`
}

/** "image 28 × 28, grey", "curve, 13 points, displacement 0–14 mm". */
export function modalityWords(modality: Spoken): string {
  const [first = 0, second = 0, channels = 1] = modality.shape
  switch (modality.kind) {
    case 'image':
      return `image ${first} × ${second}, ${channelNames[channels] ?? `${channels} channels`}`
    case 'curve': {
      const { grid } = modality
      const low = grid?.[0]
      const high = grid?.at(-1)
      const over =
        low === undefined || high === undefined
          ? ''
          : `, ${modality.gridLabel ?? 'x'} ${number(low)}–${number(high)}${unitOf(modality.gridUnit)}`
      return `curve, ${count(first)} points${over}${modality.valueUnit === undefined || modality.valueUnit === '' ? '' : `, in ${modality.valueUnit}`}`
    }
    case 'vector':
      return `vector of ${count(first)} numbers`
    case 'embedding':
      return `embedding of ${count(first)} numbers`
  }
}

function withUnit(label: string, unit: string | undefined): string {
  return unit === undefined || unit === '' ? label : `${label} (${unit})`
}

/** Of a prepared modality, "from spectra by snv"; empty of one that was imported. */
export function preparedWords({ prepared }: Pick<ModalityView, 'prepared'>): string {
  if (prepared === undefined) return ''
  const why = prepared.divides === undefined ? '' : `; made by itself: ${dividesWords(prepared.divides)}`
  return `from ${prepared.from} by ${recipeText(prepared.recipe)}${why}`
}

/** What stands at the x axis of a curve: "strain (%)". */
export function gridWords(modality: Spoken): string {
  return withUnit(modality.gridLabel ?? 'x', modality.gridUnit)
}

/** What stands at the y axis. */
export function valueWords(modality: Spoken): string {
  return withUnit(modality.valueLabel ?? modality.name, modality.valueUnit)
}

/** A metadata value for people. */
export function metadataWords(value: string | number | null): string {
  if (value === null) return '–'
  return typeof value === 'number' ? number(value) : value
}
