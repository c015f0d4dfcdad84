/** A data set as the pack it came in: bit for bit, whether it lies in the project file or beside it. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as v from 'valibot'
import { failed, refused } from '../../src-shared/errors.ts'
import type { Dataset } from '../datasets/dataset.ts'
import { parsePack, readPack } from '../datasets/pack.ts'
import { packLayout } from '../datasets/pack-file.ts'
import { align, packHeader, packPrefix } from '../datasets/pack-header.ts'
import { writeWhole } from '../datasets/whole-file.ts'
import { blob, rowId, sha256 as sha256Column } from './columns.ts'
import type { ReadableDatabase } from './database.ts'
import { damagedDataset as damaged, explainDisk } from './disk-errors.ts'
import { filesFolder, packPath } from './folders.ts'
import { sha256OfFile } from './ingest.ts'

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

/** Every byte of the pack in order, in pieces: prefix, then each section padded to 16 bytes. */
function* packPieces(database: ReadableDatabase, datasetId: number, json: string): Generator<Uint8Array> {
  const parsed = v.safeParse(packHeader, json)
  if (!parsed.success) throw damaged(database.file)
  const header = parsed.output
  yield packPrefix(json)
  const layout = packLayout(header, Buffer.byteLength(json))
  const padding = (bytes: number): Uint8Array => new Uint8Array(align(bytes) - bytes)
  const modalities = database.all(
    v.object({ id: rowId }),
    'SELECT id FROM modalities WHERE dataset_id = ? ORDER BY position',
    datasetId,
  )
  if (modalities.length !== layout.modalities.length) throw damaged(database.file)
  for (const [position, { id }] of modalities.entries()) {
    const { data, present } = layout.modalities[position]!
    for (const [column, { bytes }] of [
      ['data', data],
      ['present', present],
    ] as const) {
      yield* chunks(database, id, column)
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

/** The pack beside the project. Throws `failed` when it is missing or was changed. */
async function packBesideChecked(database: ReadableDatabase, sha256: string): Promise<string> {
  const packFile = packPath(database.file, 'datasets', sha256)
  if (!existsSync(packFile))
    throw failed(
      `The data set's file ${packFile} is missing.`,
      `The folder ${filesFolder(database.file)} belongs to the project: put it back beside it, or import the data set again.`,
      { file: packFile },
    )
  if ((await sha256OfFile(packFile)) !== sha256) throw damaged(packFile)
  return packFile
}

/**
 * Path of the data set's pack, whose SHA-256 is the data set's own: the one beside the project, or one written again from
 * the project file and kept for the next time. Throws `failed` when the values in the project are no longer those imported.
 */
export async function packFor(
  database: ReadableDatabase,
  datasetId: number,
): Promise<{ packFile: string; sha256: string }> {
  const { sha256, header } = packRow(database, datasetId)
  if (header === null) return { packFile: await packBesideChecked(database, sha256), sha256 }
  const packFile = packPath(database.file, 'packs', sha256)
  if (existsSync(packFile) && (await sha256OfFile(packFile)) === sha256) return { packFile, sha256 }
  await mkdir(dirname(packFile), { recursive: true }).catch((error: unknown) => {
    throw explainDisk(error, packFile)
  })
  const written = await writeWhole(packFile, packPieces(database, datasetId, header))
  if (written.sha256 === sha256) return { packFile, sha256 }
  await rm(packFile, { force: true })
  throw damaged(database.file)
}

/** The whole data set in memory; writes nothing. Throws `failed` when it is no longer as it was imported. */
export async function readWholeDataset(database: ReadableDatabase, datasetId: number): Promise<Dataset> {
  const { sha256, header } = packRow(database, datasetId)
  if (header === null) return readPack(await packBesideChecked(database, sha256))
  const pack = Buffer.concat([...packPieces(database, datasetId, header)])
  if (createHash('sha256').update(pack).digest('hex') !== sha256) throw damaged(database.file)
  return parsePack(pack, database.file)
}
