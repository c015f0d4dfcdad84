/**
 * The values of a data set, row by row: from the project file, or in place from the pack beside it. Nothing but the rows
 * asked for is loaded.
 */
import * as v from 'valibot'
import { refused } from '../../src-shared/errors.ts'
import { metadataColumn } from '../../src-shared/contract/shapes.ts'
import type { Modality } from '../../src-shared/domain/dataset.ts'
import { type MetadataData, sizeOf } from '../datasets/dataset.ts'
import { PackFile } from '../datasets/pack-file.ts'
import { blob, count, rowId, sha256, storedModality } from './columns.ts'
import { json, type ReadableDatabase } from './database.ts'
import { damagedDataset, explaining } from './disk-errors.ts'
import { packPath } from './folders.ts'
import { sealOf } from './seals.ts'

/** Rows of one modality, in the order asked for. */
export interface SampleRows {
  readonly modality: Modality
  /** [rows, ...shape], scaled; rows of absent samples are 0. */
  readonly data: Float32Array
  /** [rows] */
  readonly present: Uint8Array
}

/** A float32 array of its own memory from little-endian bytes. */
function floats(bytes: Uint8Array): Float32Array {
  return new Float32Array(Uint8Array.from(bytes).buffer)
}

/** The pack beside the project that holds this set, or null when its values lie in the project file. */
function packBeside(database: ReadableDatabase, datasetId: number): string | null {
  const row = database.get(
    v.object({ sha256, inside: v.number() }),
    'SELECT sha256, header IS NOT NULL AS inside FROM datasets WHERE id = ?',
    datasetId,
  )
  if (row === undefined) throw refused(`The project has no data set ${datasetId}.`)
  return row.inside === 1 ? null : packPath(database.file, 'datasets', row.sha256)
}

const modalityRow = v.object({
  id: rowId,
  position: count,
  chunk_rows: v.pipe(count, v.minValue(1)),
  /** The modality that it was prepared from; null where it was imported. */
  source_id: v.nullable(rowId),
  description: json(storedModality),
})
type ModalityRow = v.InferOutput<typeof modalityRow>

function modalityRows(database: ReadableDatabase, datasetId: number): ModalityRow[] {
  return database.all(
    modalityRow,
    'SELECT id, position, chunk_rows, source_id, description FROM modalities WHERE dataset_id = ? ORDER BY position',
    datasetId,
  )
}

function samplesOf(database: ReadableDatabase, datasetId: number): number {
  const row = database.get(v.object({ samples: count }), 'SELECT samples FROM datasets WHERE id = ?', datasetId)
  return row?.samples ?? 0
}

interface Chunk {
  readonly present: Uint8Array
  readonly data: Uint8Array
  /** Null: written before chunks were sealed. */
  readonly seal: number | null
}

/** Chunks that were found whole: each is hashed once while the project is open, not for every row of it. */
const whole = new WeakMap<ReadableDatabase, Set<string>>()

function requireWhole(database: ReadableDatabase, modalityId: number, chunk: number, found: Chunk): void {
  const known = whole.get(database) ?? new Set<string>()
  whole.set(database, known)
  const key = `${modalityId}/${chunk}/${found.seal ?? ''}`
  if (found.seal === null || known.has(key)) return
  if (sealOf(modalityId, chunk, found.present, found.data) !== found.seal) throw damagedDataset(database.file)
  known.add(key)
}

/** Fills `into` with the rows asked for from the chunks that hold them, each chunk read once. */
function fromChunks(database: ReadableDatabase, from: ModalityRow, rows: readonly number[], into: SampleRows): void {
  const size = sizeOf(from.description.shape)
  const rowBytes = size * 4
  // Of a chunk, which holds hundreds of rows, those alone are copied that were asked for.
  const bytes = new Uint8Array(into.data.buffer, into.data.byteOffset, into.data.byteLength)
  const places = Map.groupBy(rows.keys(), (place) => Math.floor(rows[place]! / from.chunk_rows))
  for (const [chunk, inChunk] of places) {
    const found = database.get(
      v.object({ present: blob, data: blob, seal: v.nullable(v.number()) }),
      'SELECT present, data, seal FROM sample_chunks WHERE modality_id = ? AND chunk = ?',
      from.id,
      chunk,
    )
    if (found === undefined) continue
    if (found.data.length !== found.present.length * size * 4) throw damagedDataset(database.file)
    requireWhole(database, from.id, chunk, found)
    for (const place of inChunk) {
      const row = rows[place]! - chunk * from.chunk_rows
      bytes.set(found.data.subarray(row * rowBytes, (row + 1) * rowBytes), place * rowBytes)
      into.present[place] = found.present[row] ?? 0
    }
  }
}

function fromPack(pack: PackFile, from: ModalityRow, rows: readonly number[], into: SampleRows): void {
  const size = sizeOf(from.description.shape)
  const sections = pack.layout.modalities[from.position]!
  for (const [place, row] of rows.entries()) {
    into.data.set(floats(pack.read(sections.data, row * size * 4, size * 4)), place * size)
    into.present[place] = pack.read(sections.present, row, 1)[0]!
  }
}

/**
 * The given rows of every modality, or of those named. Rows may repeat and come in any order.
 * Throws `refused` when a row or a modality is not in the set.
 */
export function readRows(
  database: ReadableDatabase,
  datasetId: number,
  rows: readonly number[],
  names?: readonly string[],
): SampleRows[] {
  const beside = packBeside(database, datasetId)
  const samples = samplesOf(database, datasetId)
  const outside = rows.find((row) => !Number.isInteger(row) || row < 0 || row >= samples)
  if (outside !== undefined) throw refused(`The data set has no row ${outside}: its rows are 0 to ${samples - 1}.`)
  const all = modalityRows(database, datasetId)
  const unknown = names?.find((name) => all.every((m) => m.description.name !== name))
  if (unknown !== undefined)
    throw refused(
      `The data set has no modality "${unknown}".`,
      `Its modalities are ${all.map((m) => m.description.name).join(', ')}.`,
      { field: unknown },
    )
  const wanted = names === undefined ? all : names.flatMap((name) => all.filter((m) => m.description.name === name))
  const pack = beside === null ? null : explaining(beside, () => new PackFile(beside))
  try {
    return wanted.map((from) => {
      const into: SampleRows = {
        modality: from.description,
        data: new Float32Array(rows.length * sizeOf(from.description.shape)),
        present: new Uint8Array(rows.length),
      }
      if (pack === null || from.source_id !== null) fromChunks(database, from, rows, into)
      else fromPack(pack, from, rows, into)
      return into
    })
  } finally {
    pack?.close()
  }
}

/** [n] of one modality: 1 where the sample has it. */
export function readPresence(database: ReadableDatabase, datasetId: number, name: string): Uint8Array {
  const from = modalityRows(database, datasetId).find((m) => m.description.name === name)
  if (from === undefined) throw refused(`The data set has no modality "${name}".`, '', { field: name })
  const beside = from.source_id === null ? packBeside(database, datasetId) : null
  if (beside !== null) {
    const pack = explaining(beside, () => new PackFile(beside))
    try {
      return Uint8Array.from(pack.read(pack.layout.modalities[from.position]!.present))
    } finally {
      pack.close()
    }
  }
  const chunks = database.all(
    v.object({ present: blob }),
    'SELECT present FROM sample_chunks WHERE modality_id = ? ORDER BY chunk',
    from.id,
  )
  const present = Uint8Array.from(Buffer.concat(chunks.map((c) => c.present)))
  const counted = present.reduce((sum, each) => sum + each, 0)
  if (present.length !== samplesOf(database, datasetId) || counted !== from.description.present)
    throw damagedDataset(database.file)
  return present
}

/** The metadata columns with their values, [n] each, as they were imported. */
export function readMetadata(database: ReadableDatabase, datasetId: number): MetadataData[] {
  const bytes = 8 * samplesOf(database, datasetId)
  return database
    .all(
      v.object({ description: json(metadataColumn), data: blob }),
      'SELECT description, data FROM metadata WHERE dataset_id = ? ORDER BY position',
      datasetId,
    )
    .map(({ description, data }) => {
      if (data.length !== bytes) throw damagedDataset(database.file)
      return { column: description, values: new Float64Array(Uint8Array.from(data).buffer) }
    })
}

/** Ids in data set order: all, or `limit` of them from row `offset` on. */
export function readIds(database: ReadableDatabase, datasetId: number, offset = 0, limit = -1): string[] {
  return database
    .all(
      v.object({ id: v.string() }),
      'SELECT id FROM samples WHERE dataset_id = ? AND row >= ? ORDER BY row LIMIT ?',
      datasetId,
      offset,
      limit,
    )
    .map((row) => row.id)
}

/** Rows whose id contains the text, in data set order. */
export function findRows(database: ReadableDatabase, datasetId: number, text: string): number[] {
  return database
    .all(
      v.object({ row: count }),
      'SELECT row FROM samples WHERE dataset_id = ? AND instr(lower(id), lower(?)) > 0 ORDER BY row',
      datasetId,
      text,
    )
    .map((found) => found.row)
}
