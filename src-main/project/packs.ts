/** A data set as the pack it came in, for the trainer: bit for bit, whether it lies in the project file or beside it. */
import { createHash } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as v from 'valibot'
import { failed } from '../../src-shared/errors.ts'
import { align, magic } from '../datasets/pack.ts'
import { type PackHeader, packLayout, parsePackHeader } from '../datasets/pack-file.ts'
import type { ReadableDatabase } from './database.ts'
import { explaining } from './disk-errors.ts'
import { filesFolder, packsFolder } from './folders.ts'
import { sha256OfFile } from './ingest.ts'
import { packBeside } from './samples.ts'

const blob = v.instance(Uint8Array)

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
    const chunks = (column: 'data' | 'present') =>
      database.each(
        v.object({ bytes: blob }),
        `SELECT ${column} AS bytes FROM sample_chunks WHERE modality_id = ? ORDER BY chunk`,
        id,
      )
    for (const { bytes } of chunks('data')) yield bytes
    yield padding(data.bytes)
    for (const { bytes } of chunks('present')) yield bytes
    yield padding(present.bytes)
  }
  const metadata = database.each(
    v.object({ bytes: blob }),
    'SELECT data AS bytes FROM metadata WHERE dataset_id = ? ORDER BY position',
    datasetId,
  )
  for (const { bytes } of metadata) {
    yield bytes
    yield padding(bytes.length)
  }
}

/** Writes the pieces under a temporary name, flushed and renamed; returns the SHA-256 (hex). */
function writePieces(path: string, pieces: Iterable<Uint8Array>): string {
  const temporary = `${path}.tmp-${process.pid}`
  const hash = createHash('sha256')
  mkdirSync(dirname(path), { recursive: true })
  try {
    const descriptor = openSync(temporary, 'w')
    try {
      for (const piece of pieces) {
        hash.update(piece)
        for (let done = 0; done < piece.length;) done += writeSync(descriptor, piece, done)
      }
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(temporary, path)
  } finally {
    rmSync(temporary, { force: true })
  }
  return hash.digest('hex')
}

/**
 * Path of the data set's pack, whose SHA-256 is the data set's own: the one beside the project, or one written again from
 * the project file and kept for the next time. Throws `failed` when the values in the project are no longer those imported.
 */
export function packFor(database: ReadableDatabase, datasetId: number): { packFile: string; sha256: string } {
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
  if (existsSync(packFile) && explaining(packFile, () => sha256OfFile(packFile)) === sha256) return { packFile, sha256 }
  if (header === null)
    throw existsSync(packFile)
      ? damaged(packFile)
      : failed(
          `The data set's file ${packFile} is missing.`,
          `The folder ${filesFolder(database.file)} belongs to the project: put it back beside it, or import the data set again.`,
          { file: packFile },
        )
  const written = explaining(packFile, () => writePieces(packFile, packPieces(database, datasetId, header)))
  if (written === sha256) return { packFile, sha256 }
  rmSync(packFile, { force: true })
  throw damaged(`A data set in ${database.file}`)
}
