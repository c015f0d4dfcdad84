/** Prepared modalities of a project's data sets: stored beside the imported ones, which stay as they are, and taken away again. */
import * as v from 'valibot'
import { refused } from '../../src-shared/errors.ts'
import { chosenModalities } from '../datasets/used-samples.ts'
import { type ModalityData, sizeOf } from '../datasets/dataset.ts'
import type { RawSamples } from '../datasets/preparations/prepare.ts'
import type { Modality } from '../../src-shared/domain/dataset.ts'
import { count, rowId } from './columns.ts'
import { json, type ReadableDatabase, type WritableDatabase } from './database.ts'
import { readDataset, removeUnusedPacks } from './datasets.ts'
import { chunkRows, insertChunk } from './ingest.ts'
import type { PreparedContent } from './packs.ts'
import type { RunRecord } from './runs.ts'
import { readIds, readRows } from './samples.ts'

/** The modality of that name as it was imported. Throws `refused` where it is none. */
export function rawSamples(database: ReadableDatabase, datasetId: number, name: string): RawSamples {
  const { modalities } = readDataset(database, datasetId)
  const modality = modalities.find((m) => m.name === name)
  const imported = modalities.filter((m) => m.prepared === undefined).map((m) => m.name)
  if (modality === undefined || modality.prepared !== undefined)
    throw refused(
      modality === undefined
        ? `The data set has no modality "${name}".`
        : `${name} is itself prepared from ${modality.prepared?.from ?? ''}.`,
      modality === undefined
        ? `Its modalities are ${imported.join(', ') || 'none'}.`
        : 'Prepare the imported modality with all the steps in one list.',
      { field: 'from' },
    )
  return {
    modality,
    ids: readIds(database, datasetId),
    read: (first, length) => {
      const rows = Array.from({ length }, (_, i) => first + i)
      return readRows(database, datasetId, rows, [name])[0]!
    },
  }
}

/** Throws `refused` where the data set has something of that name already. */
export function requireFreeName(database: ReadableDatabase, datasetId: number, name: string): void {
  const { modalities, metadata } = readDataset(database, datasetId)
  const taken = modalities.some((m) => m.name === name) ? 'modality' : 'column'
  if (taken === 'column' && metadata.every((m) => m.column !== name)) return
  throw refused(`The data set has a ${taken} "${name}" already.`, 'Choose another name, or remove it first.', {
    field: 'as',
  })
}

/** Stores the prepared modality behind those there are: all of it or nothing. */
export function addPrepared(
  database: WritableDatabase,
  datasetId: number,
  { modality, data, present }: ModalityData,
): void {
  const from = modality.prepared?.from ?? ''
  const size = sizeOf(modality.shape)
  const rows = chunkRows(modality.shape)
  const bytes = (array: Float32Array | Uint8Array): Uint8Array =>
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
  database.transaction(() => {
    requireFreeName(database, datasetId, modality.name)
    const places = database.all(
      v.object({ id: rowId, name: v.string(), position: count }),
      'SELECT id, name, position FROM modalities WHERE dataset_id = ?',
      datasetId,
    )
    const id = database.run(
      `INSERT INTO modalities (dataset_id, position, name, description, chunk_rows, source_id)
       VALUES (?, ?, ?, ?, ?, ?)`,
      datasetId,
      1 + Math.max(...places.map(({ position }) => position)),
      modality.name,
      JSON.stringify(modality),
      rows,
      places.find(({ name }) => name === from)?.id ?? null,
    )
    for (let first = 0, chunk = 0; first < present.length; first += rows, chunk++)
      insertChunk(
        database,
        id,
        chunk,
        bytes(present.subarray(first, first + rows)),
        bytes(data.subarray(first * size, (first + rows) * size)),
      )
  })
}

/** The prepared modality of that name. Throws `refused` where there is none, naming those there are. */
export function readPrepared(database: ReadableDatabase, datasetId: number, name: string): Modality {
  const { modalities } = readDataset(database, datasetId)
  const prepared = modalities.filter((m) => m.prepared !== undefined)
  const found = prepared.find((m) => m.name === name)
  if (found !== undefined) return found
  throw refused(
    `The data set has no prepared modality "${name}".`,
    prepared.length === 0 ? 'It has none yet.' : `It has ${prepared.map((m) => m.name).join(', ')}.`,
    { field: name },
  )
}

/** Takes a prepared modality away. Throws `refused` while runs use it, deleted ones that may come back included. */
export function removePrepared(database: WritableDatabase, datasetId: number, name: string): void {
  readPrepared(database, datasetId, name)
  const using = database
    .all(
      v.object({ id: rowId, config: json(v.unknown()) }),
      'SELECT id, config FROM runs WHERE dataset_id = ? ORDER BY id',
      datasetId,
    )
    .filter(({ config }) => chosenModalities(config).includes(name))
  if (using.length > 0)
    throw refused(
      `${name} is used by run ${using.map(({ id }) => id).join(', ')}.`,
      'Delete these runs first; one that was deleted already goes for good when the project is closed once.',
      { id: String(using[0]!.id) },
    )
  database.run('DELETE FROM modalities WHERE dataset_id = ? AND name = ?', datasetId, name)
  removeUnusedPacks(database, readDataset(database, datasetId).sha256)
}

/** Names of the prepared modalities that a configuration chooses, in the data set's order. */
export function preparedNames(database: ReadableDatabase, datasetId: number, config: unknown): readonly string[] {
  const names = chosenModalities(config)
  if (names.length === 0) return []
  return readDataset(database, datasetId)
    .modalities.filter(({ name, prepared }) => prepared !== undefined && names.includes(name))
    .map(({ name }) => name)
}

/** What of the prepared modalities belongs to a run's data. */
export function contentOf(database: ReadableDatabase, { summary, datasetSha256 }: RunRecord): PreparedContent {
  const names = preparedNames(database, summary.datasetId, summary.config)
  return names.length === 0 ? null : { names, sha256: datasetSha256 }
}
