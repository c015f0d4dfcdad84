/** Samples of another data set, on the scales of the one that a model was trained on. */
import type { Modality, Scaling } from '../../src-shared/domain/dataset.ts'
import { refused } from '../../src-shared/errors.ts'
import { type Dataset, type ModalityData, sizeOf } from './dataset.ts'

/** Grids that differ by less than this share of a step are one. */
const sameGrid = 1e-6

export interface AlikeViews {
  /** One a modality of the model, in its order; a modality that the data set lacks is absent from every sample. */
  readonly views: readonly ModalityData[]
  readonly lacking: readonly string[]
}

/** Throws `refused` for a modality of another form, and where there is none at all. */
export function alikeViews(modalities: readonly Modality[], { name, modalities: given, ids }: Dataset): AlikeViews {
  const views = modalities.map((modality): ModalityData => {
    const found = given.find((one) => one.modality.name === modality.name)
    if (found === undefined)
      return {
        modality,
        data: new Float32Array(ids.length * sizeOf(modality.shape)),
        present: new Uint8Array(ids.length),
      }
    requireAlike(modality, found.modality, name)
    return { modality, data: rescaled(found, modality.scaling), present: found.present }
  })
  const names = given.map(({ modality }) => modality.name)
  const lacking = modalities.flatMap((modality) => (names.includes(modality.name) ? [] : [modality.name]))
  if (lacking.length === modalities.length)
    throw refused(
      `The data set ${name} has none of the modalities that the run was trained on: ${lacking.join(', ')}.`,
      `It has ${names.join(', ') || 'none'}. Import it with the same names.`,
      { field: 'modalities' },
    )
  return { views, lacking }
}

function requireAlike(trained: Modality, given: Modality, dataset: string): void {
  const differs = (what: string, was: string, is: string): Error =>
    refused(
      `The modality ${trained.name} of ${dataset} has ${what} ${is}; the run was trained on ${was}.`,
      'Import it as the training data were imported, with the same grid, size and columns.',
      { field: trained.name },
    )
  if (trained.kind !== given.kind) throw differs('the kind', trained.kind, given.kind)
  if (trained.shape.join() !== given.shape.join())
    throw differs('the shape', trained.shape.join(' x '), given.shape.join(' x '))
  for (const unit of ['valueUnit', 'gridUnit'] as const)
    if (trained[unit] !== undefined && given[unit] !== undefined && trained[unit] !== given[unit])
      throw differs(unit === 'gridUnit' ? 'a grid in' : 'values in', trained[unit], given[unit])
  const [grid, other] = [trained.grid, given.grid]
  if (grid !== undefined && other !== undefined) {
    const step = Math.abs(grid.at(-1)! - grid[0]!) / Math.max(1, grid.length - 1)
    if (grid.some((x, k) => Math.abs(x - other[k]!) > sameGrid * step))
      throw differs('a grid of', `${grid[0]!} to ${grid.at(-1)!}`, `${other[0]!} to ${other.at(-1)!}`)
  }
  const [features, columns] = [trained.features, given.features]
  if (features !== undefined && columns !== undefined && features.join('\n') !== columns.join('\n'))
    throw differs('the columns', features.join(', '), columns.join(', '))
}

/** Stored values go through the user's unit: each data set is stored on a scale of its own. */
function rescaled({ modality, data, present }: ModalityData, to: Scaling): Float32Array {
  const size = sizeOf(modality.shape)
  const from = modality.scaling
  const at = (values: readonly number[], k: number): number => values[values.length === 1 ? 0 : k]!
  return data.map((value, i) => {
    if (present[Math.floor(i / size)] !== 1) return 0
    const k = i % size
    return (at(from.offset, k) + at(from.scale, k) * value - at(to.offset, k)) / at(to.scale, k)
  })
}
