/**
 * A data set as the pack that a run is trained on: as it was imported, bit for bit, whether it lies in the project file or
 * beside it; with the prepared modalities behind the imported ones that the run names.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as v from 'valibot'
import { failed, refused } from '../../src-shared/errors.ts'
import type { Dataset } from '../datasets/dataset.ts'
import { parsePack, readPack } from '../datasets/pack.ts'
import { PackFile, packLayout } from '../datasets/pack-file.ts'
import { align, packHeader, packPrefix } from '../datasets/pack-header.ts'
import { writeWhole } from '../datasets/whole-file.ts'
import { blob, rowId, sha256 as sha256Column } from './columns.ts'
import { json, type ReadableDatabase } from './database.ts'
import { damagedDataset as damaged, explainDisk } from './disk-errors.ts'
import { filesFolder, packPath } from './folders.ts'
import { sha256OfFile } from './ingest.ts'
import { makeFolder } from '../datasets/make-folder.ts'

/** The prepared modalities of a run and the hash of the pack that has them. Null stands for the data set as imported. */
export type PreparedContent = { readonly names: readonly string[]; readonly sha256: string } | null

/** Sections of a pack beside the project are read in pieces of so many bytes. */
const pieceBytes = 4 * 2 ** 20

/** The chunks of a modality in order, each read on its own: the connection stays free for others in between. */
function* chunks(database: ReadableDatabase, modalityId: number, column: 'data' | 'present'): Generator<Uint8Array> {
  for (let chunk = 0; ; chunk++) {
    const found = database.get(
      v.object({ bytes: blob }),
      `SELECT ${column} AS bytes FROM sample_chunks WHERE modality_id = ? AND chunk = ?`,
      modalityId,
      chunk,
    )
    if (found === undefined) return
    yield found.bytes
  }
}

interface ModalityRow {
  readonly id: number
  readonly prepared: boolean
  readonly name: string
  /** As it stands in the project, whatever a later version may read from it. */
  readonly description: unknown
}

function modalityRows(database: ReadableDatabase, datasetId: number): ModalityRow[] {
  const row = v.object({ id: rowId, source_id: v.nullable(rowId), name: v.string(), description: json(v.unknown()) })
  return database
    .all(
      row,
      'SELECT id, source_id, name, description FROM modalities WHERE dataset_id = ? ORDER BY position',
      datasetId,
    )
    .map(({ source_id, ...rest }) => ({ ...rest, prepared: source_id !== null }))
}

const modalitiesOf = v.pipe(v.string(), v.parseJson(), v.looseObject({ modalities: v.array(v.unknown()) }))

/** The imported set's header with the prepared modalities behind its own. */
function headerWith(database: ReadableDatabase, headerJson: string, prepared: readonly ModalityRow[]): string {
  if (prepared.length === 0) return headerJson
  const parsed = v.safeParse(modalitiesOf, headerJson)
  if (!parsed.success) throw damaged(database.file)
  const { modalities } = parsed.output
  return JSON.stringify({
    ...parsed.output,
    modalities: [...modalities, ...prepared.map(({ description }) => description)],
  })
}

function* section(pack: PackFile, place: { readonly offset: number; readonly bytes: number }): Generator<Uint8Array> {
  for (let from = 0; from < place.bytes; from += pieceBytes)
    yield pack.read(place, from, Math.min(pieceBytes, place.bytes - from))
}

/**
 * Every byte of the pack in order, in pieces: prefix, then each section padded to 16 bytes.
 * @param beside the imported set's pack where it lies beside the project, else null
 */
function* packPieces(
  database: ReadableDatabase,
  datasetId: number,
  importedHeader: string,
  beside: PackFile | null,
  names: readonly string[],
): Generator<Uint8Array> {
  const rows = modalityRows(database, datasetId)
  const imported = rows.filter(({ prepared }) => !prepared)
  const prepared = rows.filter((row) => row.prepared && names.includes(row.name))
  const headerJson = headerWith(database, importedHeader, prepared)
  const parsed = v.safeParse(packHeader, headerJson)
  if (!parsed.success) throw damaged(database.file)
  yield packPrefix(headerJson)
  const layout = packLayout(parsed.output, Buffer.byteLength(headerJson))
  const padding = (bytes: number): Uint8Array => new Uint8Array(align(bytes) - bytes)
  if (imported.length + prepared.length !== layout.modalities.length) throw damaged(database.file)
  for (const [position, row] of [...imported, ...prepared].entries()) {
    const { data, present } = layout.modalities[position]!
    for (const [column, { bytes }] of [
      ['data', data],
      ['present', present],
    ] as const) {
      if (beside !== null && !row.prepared) yield* section(beside, beside.layout.modalities[position]![column])
      else yield* chunks(database, row.id, column)
      yield padding(bytes)
    }
  }
  const metadata = database.all(
    v.object({ bytes: blob }),
    'SELECT data AS bytes FROM metadata WHERE dataset_id = ? ORDER BY position',
    datasetId,
  )
  for (const { bytes } of metadata) {
    yield bytes
    yield padding(bytes.length)
  }
}

/** What the data set's row says of its pack; `header` null: the pack itself lies beside the project. */
function packRow(database: ReadableDatabase, datasetId: number): { sha256: string; header: string | null } {
  const row = database.get(
    v.object({ sha256: sha256Column, header: v.nullable(v.string()) }),
    'SELECT sha256, header FROM datasets WHERE id = ?',
    datasetId,
  )
  if (row === undefined) throw refused(`The project has no data set ${datasetId}.`)
  return row
}

function packBeside(database: ReadableDatabase, sha256: string): string {
  const packFile = packPath(database.file, 'datasets', sha256)
  if (existsSync(packFile)) return packFile
  throw failed(
    `The data set's file ${packFile} is missing.`,
    `The folder ${filesFolder(database.file)} belongs to the project: put it back beside it, or import the data set again.`,
    { file: packFile },
  )
}

/** The pack beside the project. Throws `failed` when it is missing or was changed. */
async function packBesideChecked(database: ReadableDatabase, sha256: string): Promise<string> {
  const packFile = packBeside(database, sha256)
  if ((await sha256OfFile(packFile)) !== sha256) throw damaged(packFile)
  return packFile
}

/** As `packPieces`, with the pack beside the project open while they are taken. */
function* contentPieces(
  database: ReadableDatabase,
  datasetId: number,
  names: readonly string[],
): Generator<Uint8Array> {
  const { sha256, header } = packRow(database, datasetId)
  if (header !== null) {
    yield* packPieces(database, datasetId, header, null, names)
    return
  }
  const pack = new PackFile(packBeside(database, sha256))
  try {
    yield* packPieces(database, datasetId, pack.headerJson, pack, names)
  } finally {
    pack.close()
  }
}

/** What pins a run that names these prepared modalities: SHA-256 of its pack, hex; the data set's own without any. */
export function contentSha256(database: ReadableDatabase, datasetId: number, names: readonly string[]): string {
  if (names.length === 0) return packRow(database, datasetId).sha256
  const hash = createHash('sha256')
  for (const piece of contentPieces(database, datasetId, names)) hash.update(piece)
  return hash.digest('hex')
}

/**
 * Path of the data set's pack, whose SHA-256 is the data set's own or that of `content`: the one beside the project, or one
 * written again from the project file and kept for the next time. Throws `failed` when the values in the project are no
 * longer those imported or prepared.
 */
export async function packFor(
  database: ReadableDatabase,
  datasetId: number,
  content: PreparedContent = null,
): Promise<{ packFile: string; sha256: string }> {
  const row = packRow(database, datasetId)
  if (content === null && row.header === null)
    return { packFile: await packBesideChecked(database, row.sha256), sha256: row.sha256 }
  const { names, sha256 } = content ?? { names: [], sha256: row.sha256 }
  const packFile = packPath(database.file, 'packs', sha256)
  if (existsSync(packFile) && (await sha256OfFile(packFile)) === sha256) return { packFile, sha256 }
  await makeFolder(dirname(packFile)).catch((error: unknown) => {
    throw explainDisk(error, packFile)
  })
  const written = await writeWhole(packFile, contentPieces(database, datasetId, names))
  if (written.sha256 === sha256) return { packFile, sha256 }
  await rm(packFile, { force: true })
  throw damaged(database.file)
}

/** The whole data set in memory; writes nothing. Throws `failed` when it is no longer as it was imported or prepared. */
export async function readWholeDataset(
  database: ReadableDatabase,
  datasetId: number,
  content: PreparedContent = null,
): Promise<Dataset> {
  const row = packRow(database, datasetId)
  if (content === null && row.header === null) return readPack(await packBesideChecked(database, row.sha256))
  const { names, sha256 } = content ?? { names: [], sha256: row.sha256 }
  const pack = Buffer.concat([...contentPieces(database, datasetId, names)])
  if (createHash('sha256').update(pack).digest('hex') !== sha256) throw damaged(database.file)
  return parsePack(pack, database.file)
}
