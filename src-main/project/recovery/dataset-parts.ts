/** What is found of a data set in the tables of a damaged project, and the hash that its pack would have. */
import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { packLayout } from '../../datasets/pack-file.ts'
import { align, type PackHeader, packPrefix } from '../../datasets/pack-header.ts'
import { count } from '../columns.ts'
import type { SqlValue } from '../database.ts'
import { chunkRows } from '../ingest.ts'
import type { FoundRow } from './rows.ts'

/** Reads the bytes of one chunk, null where they are not there or damaged. */
export type ReadChunk = (
  modality: number,
  chunk: number,
) => { readonly present: Uint8Array; readonly data: Uint8Array } | null

export interface DatasetParts {
  readonly row: FoundRow | undefined
  readonly modalities: readonly FoundRow[]
  readonly metadata: readonly FoundRow[]
  readonly ids: ReadonlyMap<number, string>
}

export const text = (value: SqlValue | undefined): string => (typeof value === 'string' ? value : '')
/** Earlier schemas have no such column: all was imported. */
export const isImported = ({ values }: FoundRow): boolean => (values.source_id ?? null) === null
export const whole = (value: SqlValue | undefined): number => (v.is(count, value) ? value : -1)

/** SHA-256 of the pack with this header and the values in the file, null where some are not there. */
export function hashWith(
  json: string,
  header: PackHeader,
  { modalities, metadata }: DatasetParts,
  chunk: ReadChunk,
): string | null {
  const hash = createHash('sha256').update(packPrefix(json))
  const layout = packLayout(header, Buffer.byteLength(json))
  const section = (pieces: readonly Uint8Array[], bytes: number): boolean => {
    let length = 0
    for (const piece of pieces) {
      hash.update(piece)
      length += piece.length
    }
    hash.update(new Uint8Array(align(bytes) - bytes))
    return length === bytes
  }
  for (const [position, { data, present }] of layout.modalities.entries()) {
    const row = modalities.find((m) => isImported(m) && m.values.position === position)
    if (row === undefined) return null
    const rows = chunkRows(header.modalities[position]!.shape)
    const needed = Math.ceil(header.ids.length / rows)
    const chunks = Array.from({ length: needed }, (_, at) => chunk(whole(row.values.id), at))
    const there = chunks.filter((each) => each !== null)
    if (there.length < needed) return null
    if (!section(there.map((each) => each.data), data.bytes)) return null // prettier-ignore
    if (!section(there.map((each) => each.present), present.bytes)) return null // prettier-ignore
  }
  for (const [position, { bytes }] of layout.metadata.entries()) {
    const data = metadata.find(({ values }) => values.position === position)?.values.data
    if (!(data instanceof Uint8Array) || !section([data], bytes)) return null
  }
  return hash.digest('hex')
}
