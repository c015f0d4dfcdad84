/**
 * Modalities whose rows cannot be read at all: the header still says what they are, and the data set's hash, which values
 * are theirs.
 */
import { sizeOf } from '../../datasets/dataset.ts'
import type { PackHeader } from '../../datasets/pack-header.ts'
import type { SqlValue } from '../database.ts'
import { chunkRows } from '../ingest.ts'
import { type DatasetParts, hashWith, isImported, type ReadChunk, whole } from './dataset-parts.ts'
import type { FoundRow } from './rows.ts'

export interface LostSource {
  readonly chunk: ReadChunk
  /** Modalities that have values and no whole row, in the order in which they were imported. */
  readonly unclaimed: readonly number[]
  /** A number that no modality has. */
  readonly freshId: () => number
  /** Of a row, which differ from schema to schema. */
  readonly columns: readonly string[]
}

interface Stated {
  readonly id: number
  readonly json: string | null
  readonly header: PackHeader
  readonly sha256: SqlValue | undefined
}

export interface Found {
  /** With a row for each modality of the header. */
  readonly parts: DatasetParts
  /** What of them was found again, and whose values are not among what can be told apart. */
  readonly proven: readonly string[]
  readonly valueless: readonly string[]
}

/** Whether row or name speak of the modality, though perhaps not rightly. */
function speaksOf({ values }: FoundRow, position: number, { modalities }: PackHeader): boolean {
  return values.position === position || values.name === modalities[position]!.name
}

/** Sets of values that lie one after the other, as an import writes them, and are of the right sizes. */
function* candidates(lost: readonly number[], near: DatasetParts, header: PackHeader, source: LostSource) {
  const taken = new Set(near.modalities.map(({ values }) => values.id))
  const free = source.unclaimed.filter((id) => !taken.has(id))
  const fits = (id: number, position: number): boolean => {
    const { shape } = header.modalities[position]!
    const rows = Math.min(chunkRows(shape), header.ids.length)
    return source.chunk(id, 0)?.data.length === rows * sizeOf(shape) * 4
  }
  for (let first = 0; first + lost.length <= free.length; first++) {
    const ids = free.slice(first, first + lost.length)
    if (ids.every((id, at) => fits(id, lost[at]!))) yield ids
  }
}

/** The parts with a row for each modality whose own cannot be read; null where none is missing. */
export function findLost({ id, json, header, sha256 }: Stated, parts: DatasetParts, source: LostSource): Found | null {
  const lost = header.modalities.flatMap((_, position) =>
    parts.modalities.some((row) => isImported(row) && speaksOf(row, position, header)) ? [] : [position],
  )
  if (lost.length === 0) return null
  const rowOf = (position: number, modality: number): FoundRow => {
    const said = header.modalities[position]!
    const { name, shape } = said
    const description = JSON.stringify(said)
    const all = {
      id: modality,
      dataset_id: id,
      position,
      name,
      description,
      chunk_rows: chunkRows(shape),
      source_id: null,
    }
    const values = Object.fromEntries(Object.entries(all).filter(([column]) => source.columns.includes(column)))
    return { values, seal: null, whole: true }
  }
  const withIds = (ids: readonly number[]): DatasetParts => ({
    ...parts,
    modalities: [...parts.modalities, ...lost.map((position, at) => rowOf(position, ids[at]!))],
  })
  const names = lost.map((position) => header.modalities[position]!.name)
  // Values of large sets lie in a pack beside the project, whatever the modality's number.
  if (json === null) return { parts: withIds(lost.map(source.freshId)), proven: names, valueless: [] }
  for (const ids of candidates(lost, parts, header, source)) {
    const found = withIds(ids)
    if (hashWith(json, header, found, source.chunk) === sha256) return { parts: found, proven: names, valueless: [] }
  }
  return { parts: withIds(lost.map(source.freshId)), proven: [], valueless: names }
}

/** Numbers of modalities that values lie under and no whole row has; and numbers that are free. */
export function lostSource(
  rows: readonly FoundRow[],
  withValues: readonly number[],
  columns: readonly string[],
  chunk: ReadChunk,
): LostSource {
  const claimed = new Set(rows.filter((row) => row.whole).map(({ values }) => values.id))
  let highest = Math.max(0, ...withValues, ...rows.map(({ values }) => whole(values.id)))
  return {
    ...{ chunk, columns },
    unclaimed: withValues.filter((id) => !claimed.has(id)).sort((a, b) => a - b),
    freshId: () => ++highest,
  }
}
