/** Preparing modalities of a project's data sets: looked at before, stored beside the raw ones, applied alike to new samples. */
import type { DatasetSummary, Modality, PreparationDescription } from '../../src-shared/domain/dataset.ts'
import { refused } from '../../src-shared/errors.ts'
import type { Recipe } from '../../src-shared/preparations/recipe.ts'
import { givenRecipe } from '../../src-shared/preparations/text.ts'
import { type ModalityData, sizeOf } from '../datasets/dataset.ts'
import { PackFile } from '../datasets/pack-file.ts'
import { type Likeness, prepareModality, type RawSamples } from '../datasets/preparations/prepare.ts'
import { type Preview, previewModality } from '../datasets/preparations/preview.ts'
import type { ReadableDatabase, WritableDatabase } from '../project/database.ts'
import { readDataset } from '../project/datasets.ts'
import { addPrepared, rawSamples, readPrepared, requireFreeName } from '../project/preparations.ts'
import { dividing, tellingPreparations } from './telling-preparations.ts'

export interface WorkOptions {
  readonly signal?: AbortSignal
  /** @param fraction 0 to 1 */
  readonly onProgress?: (fraction: number) => void
}

export interface PreparationRequest {
  readonly datasetId: number
  /** The raw modality. */
  readonly from: string
  /** Name of what is made. */
  readonly as: string
  readonly recipe: Recipe
}

/** Makes the modality and stores it beside the raw one. Throws `refused` with nothing stored. */
export async function prepareInto(
  database: WritableDatabase,
  { datasetId, from, as, recipe }: PreparationRequest,
  options: WorkOptions = {},
): Promise<Modality> {
  requireFreeName(database, datasetId, as)
  const raw = rawSamples(database, datasetId, from)
  const made = await prepareModality(raw, as, recipe, { ...options, where: `data set ${datasetId}` })
  addPrepared(database, datasetId, made)
  return made.modality
}

/**
 * Prepares new samples as those of another data set were: the same steps, with the numbers that were taken from those
 * samples, in the same scale.
 */
export async function prepareLike(
  database: WritableDatabase,
  { datasetId, from, as, like }: Omit<PreparationRequest, 'recipe' | 'from'> & { from?: string; like: number },
  options: WorkOptions = {},
): Promise<Modality> {
  requireFreeName(database, datasetId, as)
  const { prepared, scaling, ...made } = readPrepared(database, like, as)
  if (prepared === undefined) throw new Error(`${as} is not prepared`)
  const raw = rawSamples(database, datasetId, from ?? prepared.from)
  requireSame(rawSamples(database, like, prepared.from).modality, raw.modality)
  const likeness: Likeness = { ...prepared, scaling }
  const again = await prepareModality(raw, made.name, prepared.recipe, { ...options, like: likeness })
  const { divides } = prepared
  const told = divides === undefined ? again : { ...again, modality: dividing(again.modality, divides) }
  addPrepared(database, datasetId, told)
  return told.modality
}

/** Samples that are in no data set, prepared as the modality of a data set was. */
export function prepareAlike(
  database: ReadableDatabase,
  datasetId: number,
  { name, prepared, scaling }: Modality,
  { modality, data, present }: ModalityData,
  ids: readonly string[],
): Promise<ModalityData> {
  if (prepared === undefined) throw new Error(`${name} is not prepared`)
  requireSame(rawSamples(database, datasetId, prepared.from).modality, modality)
  const size = sizeOf(modality.shape)
  const raw: RawSamples = {
    modality,
    ids,
    read: (first, count) => ({
      data: data.subarray(first * size, (first + count) * size),
      present: present.subarray(first, first + count),
    }),
  }
  return prepareModality(raw, name, prepared.recipe, { like: { ...prepared, scaling } })
}

/** Throws `refused` unless the samples of both were measured alike. */
function requireSame(known: Modality, fresh: Modality): void {
  const differ = (what: string, hint = ''): Error =>
    refused(
      `${fresh.name} of the new samples cannot be prepared like ${known.name} of the earlier ones: ${what}.`,
      hint,
      { field: fresh.name },
    )
  if (known.kind !== fresh.kind) throw differ(`it is of kind ${fresh.kind}, not ${known.kind}`)
  if (known.shape.join() !== fresh.shape.join())
    throw differ(
      `a sample has ${fresh.shape.join(' x ')} values, not ${known.shape.join(' x ')}`,
      'Import them with the same "points" or "size" in a data description.',
    )
  const grid = fresh.grid ?? []
  const apart = known.grid?.findIndex((x, i) => Math.abs(x - grid[i]!) > 1e-6 * Math.max(Math.abs(x), 1e-12)) ?? -1
  if (apart >= 0) throw differ(`point ${apart + 1} of its grid is ${grid[apart]!}, not ${known.grid![apart]!}`)
  const feature = known.features?.findIndex((name, i) => name !== fresh.features?.[i]) ?? -1
  if (feature >= 0)
    throw differ(`its feature ${feature + 1} is ${fresh.features?.[feature] ?? ''}, not ${known.features![feature]!}`)
}

/** The modality of an imported set that still lies in its pack. */
function packSamples(pack: PackFile, from: string): RawSamples {
  const place = pack.header.modalities.findIndex((m) => m.name === from)
  const modality = pack.header.modalities[place]
  const sections = pack.layout.modalities[place]
  if (modality === undefined || sections === undefined)
    throw refused(
      `The data set has no modality "${from}" to prepare.`,
      `Its modalities are ${pack.header.modalities.map((m) => m.name).join(', ') || 'none'}.`,
      { field: 'preparations' },
    )
  const size = sizeOf(modality.shape)
  return {
    modality,
    ids: pack.header.ids,
    read: (first, count) => ({
      data: new Float32Array(Uint8Array.from(pack.read(sections.data, first * size * 4, count * size * 4)).buffer),
      present: pack.read(sections.present, first, count),
    }),
  }
}

/** What a data description asks to be prepared, made from the pack before anything is stored. */
export async function prepareFromPack(
  packFile: string,
  wanted: readonly PreparationDescription[],
  options: WorkOptions = {},
): Promise<ModalityData[]> {
  if (wanted.length === 0) return []
  const pack = new PackFile(packFile)
  try {
    const made: ModalityData[] = []
    const taken = new Set([
      ...pack.header.modalities.map(({ name }) => name),
      ...pack.header.metadata.map(({ column }) => column),
    ])
    for (const { name, from, steps } of wanted) {
      if (taken.has(name))
        throw refused(
          `The data set has a modality or column "${name}" already.`,
          'Give the prepared one another name.',
          {
            field: 'preparations',
          },
        )
      taken.add(name)
      made.push(await prepareModality(packSamples(pack, from), name, givenRecipe(steps), options))
    }
    return made
  } finally {
    pack.close()
  }
}

/** What of an imported set is worth preparing though nobody asked for it, made from the pack before anything is stored. */
export async function tellingFromPack(packFile: string, options: WorkOptions = {}): Promise<ModalityData[]> {
  const pack = new PackFile(packFile)
  try {
    const { modalities, metadata } = pack.header
    const taken = new Set([...modalities.map(({ name }) => name), ...metadata.map(({ column }) => column)])
    const made: ModalityData[] = []
    for (const { name } of modalities)
      made.push(...(await tellingPreparations(packSamples(pack, name), taken, options)))
    return made
  } finally {
    pack.close()
  }
}

/** The same for a data set of the project. */
export async function prepareTelling(
  database: WritableDatabase,
  datasetId: number,
  options: WorkOptions = {},
): Promise<Modality[]> {
  const { modalities, metadata } = readDataset(database, datasetId)
  const taken = new Set([...modalities.map(({ name }) => name), ...metadata.map(({ column }) => column)])
  const made: ModalityData[] = []
  for (const { name, prepared } of modalities)
    if (prepared === undefined)
      made.push(...(await tellingPreparations(rawSamples(database, datasetId, name), taken, options)))
  for (const one of made) addPrepared(database, datasetId, one)
  return made.map(({ modality }) => modality)
}

/** Prepared modalities of a data set, in its order. */
export function preparedOf({ modalities }: Pick<DatasetSummary, 'modalities'>): readonly Modality[] {
  return modalities.filter(({ prepared }) => prepared !== undefined)
}

/** A few samples before and after. What steps take from all samples is taken from all of them here as well. */
export async function previewPreparation(
  database: ReadableDatabase,
  { datasetId, from, recipe, count }: { datasetId: number; from: string; recipe: Recipe; count: number },
  options: WorkOptions = {},
): Promise<Preview> {
  return previewModality(rawSamples(database, datasetId, from), recipe, count, options)
}
