/** A preparation in words, and as the record that a result keeps. */
import type { Modality } from '../domain/dataset.ts'
import type { PreparationRecord } from '../domain/run.ts'
import { recipeText } from './text.ts'

/** Of a prepared modality; none of one that was imported. */
export function preparationRecord({ name, prepared }: Modality): PreparationRecord[] {
  if (prepared === undefined) return []
  const { from, recipe, fittedOn } = prepared
  return [{ modality: name, from, steps: recipeText(recipe), fittedOn }]
}

/** "spectra_snv is spectra after snv." */
export function preparationWords({ modality, from, steps, fittedOn }: PreparationRecord): string {
  const fitted = fittedOn === '' ? '' : `; what its steps take from the samples was taken from ${fittedOn}`
  return `${modality} is ${from} after ${steps}${fitted}.`
}
