/** A preparation in words, and as the record that a result keeps. */
import type { Modality } from '../domain/dataset.ts'
import type { PreparationRecord } from '../domain/run.ts'
import { recipeText } from './text.ts'

/** Of a prepared modality; none of one that was imported. */
export function preparationRecord({ name, prepared }: Modality): PreparationRecord[] {
  if (prepared === undefined) return []
  const { from, recipe, fittedOn, divides } = prepared
  const why = divides === undefined ? {} : { divides }
  return [{ modality: name, from, steps: recipeText(recipe), fittedOn, ...why }]
}

/** "spectra_snv is spectra after snv." */
export function preparationWords({ modality, from, steps, fittedOn, divides }: PreparationRecord): string {
  const fitted = fittedOn === '' ? '' : `; what its steps take from the samples was taken from ${fittedOn}`
  const why = divides === undefined ? '' : `; ${dividesWords(divides)}, so it is used beside ${from}`
  return `${modality} is ${from} after ${steps}${fitted}${why}.`
}

export function dividesWords(clusters: number): string {
  return `its samples fall into ${clusters} clusters that stand apart`
}
