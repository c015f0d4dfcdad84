/** What a data description asks to be prepared, as it would be stored: for those who look before they import. */
import type { DataDescription, Modality } from '../../src-shared/domain/dataset.ts'
import { CausalscopeError, type ErrorData, refused } from '../../src-shared/errors.ts'
import { givenRecipe } from '../../src-shared/preparations/text.ts'
import { type Dataset, type ModalityData, sizeOf } from '../datasets/dataset.ts'
import { prepareModality, type RawSamples } from '../datasets/preparations/prepare.ts'
import type { Reading } from './reading.ts'

export interface Preparations {
  /** Those before the first that cannot be made. */
  readonly made: readonly ModalityData[]
  /** Why that one cannot be made; null: all can. */
  readonly blocked: ErrorData | null
}

function rawOf({ ids, modalities }: Dataset, from: string): RawSamples {
  const found = modalities.find(({ modality }) => modality.name === from)
  if (found === undefined)
    throw refused(
      `No modality "${from}" is read, so nothing can be prepared from it.`,
      `Those that are read are ${modalities.map(({ modality }) => modality.name).join(', ') || 'none'}.`,
      { field: 'preparations' },
    )
  const size = sizeOf(found.modality.shape)
  return {
    modality: found.modality,
    ids,
    read: (first, count) => ({
      data: found.data.subarray(first * size, (first + count) * size),
      present: found.present.subarray(first, first + count),
    }),
  }
}

/** "curve, 64 points". */
export function preparedDetail({ kind, shape }: Modality): string {
  return kind === 'image'
    ? `image ${shape[0]!} x ${shape[1]!}`
    : `${kind}, ${shape[0]!} ${kind === 'curve' ? 'points' : 'numbers'}`
}

export async function preparationsOf(
  dataset: Dataset,
  { preparations = [] }: DataDescription,
  progress: Reading['progress'],
): Promise<Preparations> {
  const made: ModalityData[] = []
  try {
    const taken = new Set([
      ...dataset.modalities.map(({ modality }) => modality.name),
      ...dataset.metadata.map(({ column }) => column.column),
    ])
    for (const { name, from, steps } of preparations) {
      if (taken.has(name))
        throw refused(`There is a modality or column "${name}" already.`, 'Give the prepared one another name.', {
          field: 'preparations',
        })
      taken.add(name)
      const onProgress = (fraction: number): void =>
        progress(`Preparing ${name}`, Math.round(fraction * dataset.ids.length), dataset.ids.length)
      made.push(await prepareModality(rawOf(dataset, from), name, givenRecipe(steps), { onProgress }))
    }
    return { made, blocked: null }
  } catch (error) {
    if (error instanceof CausalscopeError) return { made, blocked: error.toData() }
    throw error
  }
}
