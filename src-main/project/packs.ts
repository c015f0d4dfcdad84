/** A data set as the pack it came in, for the trainer: bit for bit, whether it lies in the project file or beside it. */
import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as v from 'valibot'
import { failed } from '../../src-shared/errors.ts'
import { align, magic } from '../datasets/pack.ts'
import { type PackHeader, packLayout, parsePackHeader } from '../datasets/pack-file.ts'
import { writeWhole } from '../datasets/whole-file.ts'
import type { ReadableDatabase } from './database.ts'
import { explainDisk } from './disk-errors.ts'
import { filesFolder, packsFolder } from './folders.ts'
import { sha256OfFile } from './ingest.ts'
import { packBeside } from './samples.ts'

const blob = v.instance(Uint8Array)

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
  const header: PackHeader = parsePackHeader(json)
  const text = Buffer.from(json, 'utf8')
  const prefix = Buffer.alloc(align(12 + text.length))
  prefix.write(magic, 0, 'latin1')
  prefix.writeUInt32LE(text.length, 8)
  text.copy(prefix, 12)
  yield prefix
  const layout = packLayout(header, text.length)
  const padding = (bytes: number): Uint8Array => new Uint8Array(align(bytes) - bytes)
  const modalities = database.all(
    v.object({ id: v.number() }),
    'SELECT id FROM modalities WHERE dataset_id = ? ORDER BY position',
    datasetId,
  )
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

/**
 * Path of the data set's pack, whose SHA-256 is the data set's own: the one beside the project, or one written again from
 * the project file and kept for the next time. Throws `failed` when the values in the project are no longer those imported.
 */
export async function packFor(
  database: ReadableDatabase,
  datasetId: number,
): Promise<{ packFile: string; sha256: string }> {
  const beside = packBeside(database, datasetId)
  const { sha256, header } = v.parse(
    v.object({ sha256: v.string(), header: v.nullable(v.string()) }),
    database.get(
      v.object({ sha256: v.string(), header: v.nullable(v.string()) }),
      'SELECT sha256, header FROM datasets WHERE id = ?',
      datasetId,
    ),
  )
  const packFile = beside ?? join(packsFolder(database.file), `${sha256}.pack`)
  const damaged = (what: string): Error =>
    failed(`${what} is not as it was imported.`, 'Import the data set again.', { file: packFile })
  if (existsSync(packFile) && (await sha256OfFile(packFile)) === sha256) return { packFile, sha256 }
  if (header === null)
    throw existsSync(packFile)
      ? damaged(packFile)
      : failed(
          `The data set's file ${packFile} is missing.`,
          `The folder ${filesFolder(database.file)} belongs to the project: put it back beside it, or import the data set again.`,
          { file: packFile },
        )
  await mkdir(dirname(packFile), { recursive: true }).catch((error: unknown) => {
    throw explainDisk(error, packFile)
  })
  const written = await writeWhole(packFile, packPieces(database, datasetId, header))
  if (written.sha256 === sha256) return { packFile, sha256 }
  await rm(packFile, { force: true })
  throw damaged(`A data set in ${database.file}`)
}
