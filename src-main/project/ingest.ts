/** Taking a data set into the project: all of it or nothing, its SHA-256 checked on the way. */
import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { failed } from '../../src-shared/errors.ts'
import type { DatasetSummary } from '../../src-shared/domain/dataset.ts'
import { sizeOf } from '../datasets/dataset.ts'
import { PackFile } from '../datasets/pack-file.ts'
import { plainPieces } from '../datasets/plain-file.ts'
import { temporaryBeside } from '../datasets/whole-file.ts'
import type { WritableDatabase } from './database.ts'
import { readDataset, removeUnusedPacks } from './datasets.ts'
import { explainDisk } from './disk-errors.ts'
import { packPath } from './folders.ts'
import { sealOf } from './seals.ts'
import { makeFolder } from '../datasets/make-folder.ts'

/** Larger packs stay files beside the project: SQLite reads and copies them no faster, and backups stay small. */
const largestInside = 512 * 2 ** 20

const mostChunkRows = 256
const mostChunkBytes = 4 * 2 ** 20

/** Rows of a chunk: 256, fewer where samples are large. */
export function chunkRows(shape: readonly number[]): number {
  return Math.max(1, Math.min(mostChunkRows, Math.floor(mostChunkBytes / (4 * sizeOf(shape)))))
}

/**
 * Stores a chunk, sealed.
 * @param present [rows] uint8
 * @param data [rows, ...shape] float32, as bytes
 */
export function insertChunk(
  database: WritableDatabase,
  modalityId: number,
  chunk: number,
  present: Uint8Array,
  data: Uint8Array,
): void {
  database.run(
    'INSERT INTO sample_chunks (modality_id, chunk, present, data, seal) VALUES (?, ?, ?, ?, ?)',
    ...[modalityId, chunk, present, data, sealOf(modalityId, chunk, present, data)],
  )
}

export interface IngestOptions {
  readonly name?: string
  /** Bytes above which the pack stays beside the project file. */
  readonly largestInside?: number
  /** Stored with the set, or nothing of either. Gets the set's id. */
  readonly also?: (datasetId: number) => void
}

function insertSamples(database: WritableDatabase, id: number, pack: PackFile, inside: boolean): void {
  for (const [row, sample] of pack.header.ids.entries())
    database.run('INSERT INTO samples (dataset_id, row, id) VALUES (?, ?, ?)', id, row, sample)
  for (const [position, column] of pack.header.metadata.entries())
    database.run(
      'INSERT INTO metadata (dataset_id, position, name, description, data) VALUES (?, ?, ?, ?, ?)',
      id,
      position,
      column.column,
      JSON.stringify(column),
      pack.read(pack.layout.metadata[position]!),
    )
  for (const [position, modality] of pack.header.modalities.entries()) {
    const rows = chunkRows(modality.shape)
    const modalityId = database.run(
      'INSERT INTO modalities (dataset_id, position, name, description, chunk_rows) VALUES (?, ?, ?, ?, ?)',
      id,
      position,
      modality.name,
      JSON.stringify(modality),
      rows,
    )
    if (inside) insertChunks(database, modalityId, pack, position, rows)
  }
}

function insertChunks(
  database: WritableDatabase,
  modalityId: number,
  pack: PackFile,
  position: number,
  rows: number,
): void {
  const n = pack.header.ids.length
  const rowBytes = sizeOf(pack.header.modalities[position]!.shape) * 4
  const { data, present } = pack.layout.modalities[position]!
  for (let first = 0, chunk = 0; first < n; first += rows, chunk++) {
    const count = Math.min(rows, n - first)
    insertChunk(
      database,
      modalityId,
      chunk,
      pack.read(present, first, count),
      pack.read(data, first * rowBytes, count * rowBytes),
    )
  }
}

/** SHA-256 of a file, hex, read in pieces. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of plainPieces(path)) hash.update(piece)
  return hash.digest('hex')
}

/** Puts a copy of the pack beside the project under its hash, flushed to disk. */
async function keepBeside(database: WritableDatabase, packFile: string, sha256: string): Promise<void> {
  const target = packPath(database.file, 'datasets', sha256)
  const temporary = temporaryBeside(target)
  try {
    await makeFolder(dirname(target))
    await rm(temporary, { force: true })
    await copyFile(packFile, temporary, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL)
    const copy = await open(temporary, 'r+')
    await copy.sync().finally(() => copy.close())
    await rename(temporary, target)
  } catch (error) {
    throw explainDisk(error, target)
  } finally {
    await rm(temporary, { force: true })
  }
}

/**
 * Takes the pack into the project as a new data set. `sha256` is what its writer said; a pack that differs is refused.
 * The pack file itself stays where it is.
 */
export async function ingestPack(
  database: WritableDatabase,
  packFile: string,
  sha256: string,
  options: IngestOptions = {},
): Promise<DatasetSummary> {
  if ((await sha256OfFile(packFile)) !== sha256)
    throw failed(`${packFile} was changed after it was written.`, 'Import the data set again.', { file: packFile })
  const pack = new PackFile(packFile)
  try {
    const inside = pack.layout.bytes <= (options.largestInside ?? largestInside)
    if (!inside) await keepBeside(database, packFile, sha256)
    const { header, headerJson, layout } = pack
    const id = database.transaction(() => {
      const dataset = database.run(
        `INSERT INTO datasets (name, source, samples, notes, sha256, bytes, header, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        options.name ?? header.name,
        header.source,
        header.ids.length,
        JSON.stringify(header.notes),
        sha256,
        layout.bytes,
        inside ? headerJson : null,
        new Date().toISOString(),
      )
      insertSamples(database, dataset, pack, inside)
      options.also?.(dataset)
      return dataset
    })
    return readDataset(database, id)
  } catch (error) {
    removeUnusedPacks(database, sha256)
    throw error
  } finally {
    pack.close()
  }
}
