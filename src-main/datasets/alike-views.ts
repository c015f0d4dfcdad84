/** Samples of another data set, on the scales of the one that a model was trained on. */
import type { Modality } from '../../src-shared/domain/dataset.ts'
import { type CausalscopeError, refused } from '../../src-shared/errors.ts'
import { type Dataset, type ModalityData, sizeOf } from './dataset.ts'

/** Grids that differ by less than this share of a step are one. */
const sameGrid = 1e-6

export interface AlikeViews {
  /** One a modality of the model, in its order; a modality that the data set lacks is absent from every sample. */
  readonly views: readonly ModalityData[]
  readonly lacking: readonly string[]
}

/** What a data set's form is told by. */
interface Formed {
  readonly name: string
  readonly modalities: readonly Modality[]
}

/** Why nothing can be told of a data set's samples: a modality of another form, or none at all. Null: something can. */
export function unlikeForm(modalities: readonly Modality[], given: Formed): CausalscopeError | null {
  const names = given.modalities.map(({ name }) => name)
  for (const modality of modalities) {
    const found = given.modalities.find(({ name }) => name === modality.name)
    const why = found === undefined ? null : differenceOf(modality, found, given.name)
    if (why !== null) return why
  }
  if (modalities.some(({ name }) => names.includes(name))) return null
  return refused(
    `The data set ${given.name} has none of the modalities that the run was trained on: ${modalities.map(({ name }) => name).join(', ')}.`,
    `It has ${names.join(', ') || 'none'}. Import it with the same names.`,
    { field: 'modalities' },
  )
}

/** Throws `refused` for a modality of another form, and where there is none at all. */
export function alikeViews(modalities: readonly Modality[], { name, modalities: given, ids }: Dataset): AlikeViews {
  const why = unlikeForm(modalities, { name, modalities: given.map(({ modality }) => modality) })
  if (why !== null) throw why
  const views = modalities.map((modality): ModalityData => {
    const found = given.find((one) => one.modality.name === modality.name)
    if (found === undefined)
      return {
        modality,
        data: new Float32Array(ids.length * sizeOf(modality.shape)),
        present: new Uint8Array(ids.length),
      }
    const order = columnsByName(modality, found.modality)
    return { modality, data: rescaled(found, modality, order), present: found.present }
  })
  const names = given.map(({ modality }) => modality.name)
  return { views, lacking: modalities.flatMap((modality) => (names.includes(modality.name) ? [] : [modality.name])) }
}

/**
 * Where each value is found: columns that have names go by these, in whatever order and beside whatever others they stand.
 * Null where they have none, where a name is not there, or is there twice.
 */
function columnsByName({ features }: Modality, { features: columns }: Modality): readonly number[] | null {
  if (features === undefined || columns === undefined || new Set(columns).size < columns.length) return null
  const order = features.map((feature) => columns.indexOf(feature))
  return order.includes(-1) ? null : order
}

/** Names, the first of many. */
function some(names: readonly string[]): string {
  return names.slice(0, 6).join(', ') + (names.length > 6 ? ` and ${names.length - 6} more` : '')
}

/** Kind, columns, shape, units or grid that are not those trained on; null where all are. */
function differenceOf(trained: Modality, given: Modality, dataset: string): CausalscopeError | null {
  const order = columnsByName(trained, given)
  const differs = (what: string, was: string, is: string): CausalscopeError =>
    refused(
      `The modality ${trained.name} of ${dataset} has ${what} ${is}; the run was trained on ${was}.`,
      'Import it as the training data were imported, with the same grid, size and columns.',
      { field: trained.name },
    )
  if (trained.kind !== given.kind) return differs('the kind', trained.kind, given.kind)
  const [names, others] = [trained.features, given.features]
  if (order === null && names !== undefined && others !== undefined) {
    const lost = names.filter((feature) => !others.includes(feature))
    return differs(
      'the columns',
      some(names),
      lost.length === 0 ? `${some(others)}, some twice` : `${some(others)}, not ${some(lost)}`,
    )
  }
  if (order === null && trained.shape.join() !== given.shape.join())
    return differs('the shape', trained.shape.join(' x '), given.shape.join(' x '))
  for (const unit of ['valueUnit', 'gridUnit'] as const)
    if (trained[unit] !== undefined && given[unit] !== undefined && trained[unit] !== given[unit])
      return differs(unit === 'gridUnit' ? 'a grid in' : 'values in', trained[unit], given[unit])
  const [grid, other] = [trained.grid, given.grid]
  if (grid !== undefined && other !== undefined) {
    const step = Math.abs(grid.at(-1)! - grid[0]!) / Math.max(1, grid.length - 1)
    if (grid.some((x, k) => Math.abs(x - other[k]!) > sameGrid * step))
      return differs('a grid of', `${grid[0]!} to ${grid.at(-1)!}`, `${other[0]!} to ${other.at(-1)!}`)
  }
  return null
}

/** Stored values go through the user's unit: each data set is stored on a scale of its own. */
function rescaled(
  { modality, data, present }: ModalityData,
  { shape, scaling: to }: Modality,
  order: readonly number[] | null,
): Float32Array {
  const [size, wide] = [sizeOf(shape), sizeOf(modality.shape)]
  const from = modality.scaling
  const at = (values: readonly number[], k: number): number => values[values.length === 1 ? 0 : k]!
  return Float32Array.from({ length: present.length * size }, (_, i) => {
    const [row, k] = [Math.floor(i / size), i % size]
    if (present[row] !== 1) return 0
    const own = order === null ? k : order[k]!
    const value = at(from.offset, own) + at(from.scale, own) * data[row * wide + own]!
    return (value - at(to.offset, k)) / at(to.scale, k)
  })
}
