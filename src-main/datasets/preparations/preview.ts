/** A few samples before and after, for one who is still choosing steps. */
import type { Described, Recipe } from '../../../src-shared/preparations/recipe.ts'
import { sizeOf } from '../dataset.ts'
import { userValues } from '../user-values.ts'
import { applySteps, fitSteps, type PrepareOptions, type RawSamples } from './prepare.ts'

/** Values of some samples, [samples, ...shape], in the user's units. */
export interface PreviewValues {
  readonly described: Described
  readonly values: Float32Array
}

export interface Preview {
  /** Ids of the samples shown. */
  readonly ids: readonly string[]
  readonly before: PreviewValues
  readonly after: PreviewValues
}

/** Rows that have the modality, about evenly over the data set, at most `count`. */
function shownRows({ ids, read }: RawSamples, count: number): number[] {
  const rows = new Set<number>()
  for (let k = 0; k < count; k++) {
    let row = Math.floor((k * ids.length) / count)
    while (row < ids.length && (rows.has(row) || read(row, 1).present[0] !== 1)) row++
    if (row < ids.length) rows.add(row)
  }
  return [...rows]
}

/**
 * @param count samples, at most
 * @throws CausalscopeError `refused` where a step does not fit the modality, its samples, or one of those shown
 */
export async function previewModality(
  raw: RawSamples,
  recipe: Recipe,
  count: number,
  options: PrepareOptions = {},
): Promise<Preview> {
  const rows = shownRows(raw, count)
  const size = sizeOf(raw.modality.shape)
  const before = new Float32Array(rows.length * size)
  rows.forEach((row, i) => before.set(userValues(raw.modality, raw.read(row, 1).data), i * size))
  const fitted = await fitSteps(raw, recipe, options)
  const { described, values } = applySteps(raw, recipe, fitted, rows)
  const length = sizeOf(described.shape)
  const after = new Float32Array(rows.length * length)
  values.forEach((sample, i) => after.set(sample, i * length))
  return {
    ids: rows.map((row) => raw.ids[row]!),
    before: { described: raw.modality, values: before },
    after: { described, values: after },
  }
}
