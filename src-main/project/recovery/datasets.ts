/**
 * The data sets of a damaged project. What a data set says of itself stands in it twice: its header and hash on one side,
 * its ids, modalities and columns in tables of their own on the other. One of the two is enough.
 */
import * as v from 'valibot'
import { sizeOf } from '../../datasets/dataset.ts'
import { PackFile, packLayout } from '../../datasets/pack-file.ts'
import { type PackHeader, packHeader } from '../../datasets/pack-header.ts'
import { rowId, sha256 as sha256Column } from '../columns.ts'
import { packPath } from '../folders.ts'
import { chunkRows } from '../ingest.ts'
import type { SqlValue } from '../database.ts'
import { type DatasetParts, hashWith, isImported, type ReadChunk, text, whole } from './dataset-parts.ts'
import { findLost, type LostSource, lostSource } from './lost-modalities.ts'
import type { DamagedTable, FoundRow } from './rows.ts'
import type { Target } from './target.ts'
import type { Told } from './told.ts'

export interface DatasetSource {
  readonly file: string
  readonly table: (name: string) => DamagedTable
  readonly chunk: ReadChunk
  /** Modalities that values lie under. */
  readonly withValues: readonly number[]
  /** What runs say of the hash of the set they were trained on. */
  readonly hashesOf: (dataset: number) => readonly string[]
}

export interface KeptModality {
  readonly id: number
  readonly name: string
  readonly rows: number
  readonly size: number
  readonly samples: number
  readonly prepared: boolean
  /** Its values lie in the project file. */
  readonly inside: boolean
}

export interface KeptDataset {
  readonly id: number
  readonly name: string
  readonly modalities: readonly KeptModality[]
  /** SHA-256 of the pack beside the project that holds its values; null: they lie in the file. */
  readonly pack: string | null
  /** Whether its hash says that all imported values are right, whatever their seals say. */
  readonly isProven: () => boolean
  /** Prepared modalities that are not there any more. */
  readonly lost: readonly string[]
}

type Values = Readonly<Record<string, SqlValue>>

interface Known {
  readonly json: string | null
  readonly header: PackHeader | null
}

const nothing: Known = { json: null, header: null }

function parsed(json: SqlValue | undefined): Known {
  if (typeof json !== 'string') return nothing
  const result = v.safeParse(packHeader, json)
  return result.success ? { json, header: result.output } : nothing
}

function packBeside(file: string, hash: string): Known {
  try {
    const pack = new PackFile(packPath(file, 'datasets', hash))
    pack.close()
    return { json: null, header: pack.header }
  } catch {
    return nothing
  }
}

/** Rows of a table by data set. */
function byDataset(table: DamagedTable): Map<number, FoundRow[]> {
  const found = new Map<number, FoundRow[]>()
  for (const row of table.rows()) {
    const id = whole(row.values.dataset_id)
    found.set(id, [...(found.get(id) ?? []), row])
  }
  return found
}

function idsByDataset(table: DamagedTable): Map<number, Map<number, string>> {
  const found = new Map<number, Map<number, string>>()
  for (const { values, whole: right } of table.rows()) {
    if (!right) continue
    const id = whole(values.dataset_id)
    const ids = found.get(id) ?? new Map<number, string>()
    found.set(id, ids.set(whole(values.row), text(values.id)))
  }
  return found
}

/** A header as an import writes it, from what the other tables hold; null where they are not whole. */
function rebuiltHeader({ row, modalities, metadata, ids }: DatasetParts): Known {
  const imported = modalities.filter(isImported)
  const ordered = (rows: readonly FoundRow[]): unknown[] =>
    rows
      .toSorted((a, b) => whole(a.values.position) - whole(b.values.position))
      .map(({ values }): unknown => JSON.parse(text(values.description)))
  try {
    return parsed(
      JSON.stringify({
        name: text(row?.values.name),
        source: text(row?.values.source),
        ids: Array.from({ length: ids.size }, (_, at) => ids.get(at)),
        notes: JSON.parse(text(row?.values.notes)) as unknown,
        modalities: ordered(imported),
        metadata: ordered(metadata),
      }),
    )
  } catch {
    return nothing
  }
}

/** What the set holds, where its hash says that it is right; null where nothing does. */
function verified(id: number, parts: DatasetParts, source: DatasetSource): { known: Known; sha256: string } | null {
  const stated = [text(parts.row?.values.sha256), ...source.hashesOf(id)].filter((hash) => v.is(sha256Column, hash))
  for (const { json, header } of [parsed(parts.row?.values.header), rebuiltHeader(parts)]) {
    if (json === null || header === null) continue
    const hash = hashWith(json, header, parts, source.chunk)
    if (hash !== null && stated.includes(hash)) return { known: { json, header }, sha256: hash }
  }
  for (const sha256 of stated) {
    const known = packBeside(source.file, sha256)
    if (known.header !== null) return { known, sha256 }
  }
  return null
}

/** A row of `datasets` from what was imported. */
function rowFrom(
  id: number,
  { json, header }: Known & { header: PackHeader },
  sha256: string,
  row: FoundRow | undefined,
): Values {
  const created = text(row?.values.created_at)
  const { bytes } = packLayout(header, Buffer.byteLength(json ?? JSON.stringify(header)))
  return {
    ...{
      id,
      name: header.name,
      source: header.source,
      samples: header.ids.length,
      notes: JSON.stringify(header.notes),
    },
    ...{ sha256, bytes, header: json },
    created_at: Number.isNaN(Date.parse(created)) ? new Date().toISOString() : created,
  }
}

/** Data set by data set: those that are kept, in the target with their modalities, columns and ids. */
export function recoverDatasets(source: DatasetSource, target: Target, told: Told): KeptDataset[] {
  const rows = new Map([...source.table('datasets').rows()].map((row) => [whole(row.values.id), row]))
  const modalities = byDataset(source.table('modalities'))
  const metadata = byDataset(source.table('metadata'))
  const ids = idsByDataset(source.table('samples'))
  const all = [...new Set([...rows.keys(), ...ids.keys()])].filter((id) => v.is(rowId, id)).sort((a, b) => a - b)
  const modalityTable = source.table('modalities')
  const lost = lostSource([...modalities.values()].flat(), source.withValues, modalityTable.columns, source.chunk)
  const kept: KeptDataset[] = []
  for (const id of all) {
    const parts = {
      row: rows.get(id),
      modalities: modalities.get(id) ?? [],
      metadata: metadata.get(id) ?? [],
      ids: ids.get(id) ?? new Map<number, string>(),
    }
    const one = recoverDataset(id, parts, source, lost, target, told)
    if (one !== null) kept.push(one)
  }
  return kept
}

function recoverDataset(
  id: number,
  read: DatasetParts,
  source: DatasetSource,
  lostOnes: LostSource,
  target: Target,
  told: Told,
): KeptDataset | null {
  const { row } = read
  let known = row?.whole === true ? parsed(row.values.header) : nothing
  if (row?.whole === true && row.values.header === null) known = packBeside(source.file, text(row.values.sha256))
  let values = row?.whole === true ? row.values : null
  if (values === null) {
    const right = verified(id, read, source)
    if (right?.known.header != null) {
      known = right.known
      values = rowFrom(id, { ...known, header: right.known.header }, right.sha256, row)
      told.restored(`Data set ${id}, ${text(values.name)}: what is told of it is that of its import, which its checksum confirms; a name that was given to it later is lost.`) // prettier-ignore
    }
  }
  const name = text(values?.name ?? row?.values.name)
  const called = name === '' ? `Data set ${id}` : `Data set ${id}, ${name}`
  if (values === null || !target.insert('datasets', values)) {
    told.leftOut(`${called}, with its runs and studies: what is told of it is damaged, and nothing else in the file says what it holds.`) // prettier-ignore
    return null
  }
  const samples = whole(values.samples)
  const { header } = known
  let restoredIds = 0
  for (let at = 0; at < samples; at++) {
    const own = read.ids.get(at)
    const sample = own ?? header?.ids[at]
    if (own === undefined) restoredIds++
    if (sample === undefined || !target.insert('samples', { dataset_id: id, row: at, id: sample })) {
      told.leftOut(`${called}, with its runs and studies: ids of its samples are damaged.`)
      target.connection.prepare('DELETE FROM datasets WHERE id = ?').run(id)
      return null
    }
  }
  if (restoredIds > 0)
    told.restored(`${called}: ${restoredIds === 1 ? 'an id' : `${restoredIds} ids`} of samples, from its header.`)
  const inside = values.header !== null
  const found =
    header === null ? null : findLost({ id, json: known.json, header, sha256: values.sha256 }, read, lostOnes)
  const parts = found?.parts ?? read
  for (const one of found?.proven ?? []) told.restored(`${called}: what is told of ${one}, from its header, and which values are its own, which the set's checksum confirms.`) // prettier-ignore
  for (const one of found?.valueless ?? []) told.restored(`${called}: what is told of ${one}, from its header; which values were its own cannot be told any more.`) // prettier-ignore
  const { there, lost } = recoverModalities(id, called, parts, header, target, told)
  if (there === null) {
    target.connection.prepare('DELETE FROM datasets WHERE id = ?').run(id)
    return null
  }
  recoverMetadata(called, parts, header, target, told)
  const pack = inside ? null : text(values.sha256)
  const isProven = once(() => {
    const { json } = known
    return json !== null && header !== null && hashWith(json, header, parts, source.chunk) === values.sha256
  })
  return {
    id,
    name,
    lost,
    pack,
    isProven,
    modalities: there.map((one) => ({ ...one, samples, inside: one.prepared || inside })),
  }
}

function once(ask: () => boolean): () => boolean {
  let answer: boolean | undefined
  return () => (answer ??= ask())
}

type Placed = Omit<KeptModality, 'samples' | 'inside'>

function recoverModalities(
  id: number,
  called: string,
  { modalities }: DatasetParts,
  header: PackHeader | null,
  target: Target,
  told: Told,
): { there: Placed[] | null; lost: string[] } {
  const there: Placed[] = []
  const lost: string[] = []
  const place = (values: Values, prepared: boolean): boolean => {
    const shape = v.safeParse(
      v.pipe(v.string(), v.parseJson(), v.object({ shape: v.array(v.number()) })),
      values.description,
    )
    if (!target.insert('modalities', values)) return false
    const size = shape.success ? sizeOf(shape.output.shape) : 0
    there.push({
      id: whole(values.id),
      name: text(values.name),
      rows: whole(values.chunk_rows),
      size,
      prepared,
    })
    return true
  }
  const imported = header?.modalities.length ?? modalities.filter(isImported).length
  for (let position = 0; position < imported; position++) {
    const own = modalities.find(({ values, whole: right }) => right && values.position === position)
    const said = header?.modalities[position]
    const near = own ?? modalities.find(({ values }) => values.position === position || values.name === said?.name)
    const rebuilt =
      near === undefined || said === undefined
        ? null
        : {
            ...{ id: whole(near.values.id), dataset_id: id, position, name: said.name },
            ...{ description: JSON.stringify(said), chunk_rows: chunkRows(said.shape), source_id: null },
          }
    const columns = new Set(Object.keys(near?.values ?? {}))
    const fitting =
      rebuilt === null ? null : Object.fromEntries(Object.entries(rebuilt).filter(([key]) => columns.has(key)))
    const values = own?.values ?? fitting
    if (values === null || !place(values, false)) {
      told.leftOut(`${called}, with its runs and studies: ${said?.name ?? 'one of its modalities'} cannot be told from the others any more.`) // prettier-ignore
      return { there: null, lost }
    }
    if (own === undefined) told.restored(`${called}: what is told of ${text(values.name)}, from its header.`)
  }
  const prepared = modalities.filter((one) => whole(one.values.position) >= imported || !isImported(one))
  for (const one of prepared.toSorted((a, b) => whole(a.values.id) - whole(b.values.id))) {
    if (there.some((other) => other.id === one.values.id)) continue
    const from = there.some((other) => other.id === one.values.source_id)
    if (one.whole && from && place(one.values, true)) continue
    lost.push(text(one.values.name))
    told.leftOut(`${called}: ${text(one.values.name)}, which was prepared${from ? '' : ' from what is left out'}, with the runs that used it; prepare it again.`) // prettier-ignore
  }
  return { there, lost }
}

function recoverMetadata(
  called: string,
  { metadata }: DatasetParts,
  header: PackHeader | null,
  target: Target,
  told: Told,
): void {
  const names = header?.metadata.map(({ column }) => column)
  const kept = new Set<SqlValue>()
  for (const row of metadata)
    if (row.whole && target.insert('metadata', row.values)) kept.add(row.values.position ?? null)
  const expected = names?.length ?? metadata.length
  for (let position = 0; position < expected; position++)
    if (!kept.has(position))
      told.leftOut(`${called}: the column ${names?.[position] ?? text(metadata[position]?.values.name)}; nothing can be trained on the set any more, import it again for that.`) // prettier-ignore
}
