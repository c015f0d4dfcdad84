/** Data sets as the project lists them: what they hold, not the values (samples.ts). */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import * as v from 'valibot'
import { refused } from '../../src-shared/errors.ts'
import { metadataColumn, note } from '../../src-shared/contract/shapes.ts'
import type { DatasetSummary } from '../../src-shared/domain/dataset.ts'
import { count, rowId, sha256 as sha256Column, storedModality } from './columns.ts'
import { json, type ReadableDatabase, type WritableDatabase } from './database.ts'
import { packPath, packsFolder } from './folders.ts'

const datasetRow = v.object({
  id: rowId,
  name: v.string(),
  source: v.string(),
  samples: count,
  notes: json(v.array(note)),
  sha256: sha256Column,
  created_at: v.string(),
})

const columns = 'id, name, source, samples, notes, sha256, created_at'

function summary(database: ReadableDatabase, row: v.InferOutput<typeof datasetRow>): DatasetSummary {
  const described = 'SELECT description FROM %s WHERE dataset_id = ? ORDER BY position'
  const modalities = database.all(
    v.object({ description: json(storedModality) }),
    described.replace('%s', 'modalities'),
    row.id,
  )
  const metadata = database.all(
    v.object({ description: json(metadataColumn) }),
    described.replace('%s', 'metadata'),
    row.id,
  )
  return {
    id: row.id,
    name: row.name,
    samples: row.samples,
    modalities: modalities.map((m) => m.description),
    metadata: metadata.map((m) => m.description),
    notes: row.notes,
    sha256: row.sha256,
    source: row.source,
    createdAt: row.created_at,
  }
}

/** Every data set, oldest first. */
export function listDatasets(database: ReadableDatabase): DatasetSummary[] {
  return database.all(datasetRow, `SELECT ${columns} FROM datasets ORDER BY id`).map((row) => summary(database, row))
}

/** Throws `refused`, naming the ids there are. */
export function readDataset(database: ReadableDatabase, id: number): DatasetSummary {
  const row = database.get(datasetRow, `SELECT ${columns} FROM datasets WHERE id = ?`, id)
  if (row !== undefined) return summary(database, row)
  const known = database.all(v.object({ id: rowId, name: v.string() }), 'SELECT id, name FROM datasets ORDER BY id')
  throw refused(
    `The project has no data set ${id}.`,
    known.length === 0
      ? 'It holds none yet: import one first.'
      : `It holds ${known.map((d) => `${d.id} (${d.name})`).join(', ')}.`,
    { file: database.file, field: 'dataset' },
  )
}

export function renameDataset(database: WritableDatabase, id: number, name: string): DatasetSummary {
  database.run('UPDATE datasets SET name = ? WHERE id = ?', name, id)
  return readDataset(database, id)
}

/** Removes the data set and its samples. Throws `refused` while runs use it, deleted ones that may come back included. */
export function deleteDataset(database: WritableDatabase, id: number): void {
  const { name, sha256 } = readDataset(database, id)
  const runs = database.all(
    v.object({ id: rowId, deleted: v.number() }),
    'SELECT id, deleted_at IS NOT NULL AS deleted FROM runs WHERE dataset_id = ? ORDER BY id',
    id,
  )
  if (runs.length > 0)
    throw refused(
      `The data set ${name} is used by run ${runs.map((r) => r.id).join(', ')}.`,
      runs.every((r) => r.deleted === 1)
        ? 'These runs are deleted but can still be restored: close the project once, then delete the data set.'
        : 'Delete these runs first.',
      { id: String(id) },
    )
  database.run('DELETE FROM datasets WHERE id = ?', id)
  removeUnusedPacks(database, sha256)
}

/** Removes the files of a pack that no data set of the project holds, and what the cache has of data that are gone. */
export function removeUnusedPacks(database: ReadableDatabase, sha256: string): void {
  const used = (hash: string): boolean =>
    database.get(
      v.unknown(),
      'SELECT 1 FROM datasets WHERE sha256 = ? UNION SELECT 1 FROM runs WHERE dataset_sha256 = ?',
      hash,
      hash,
    ) !== undefined
  if (!used(sha256)) rmSync(packPath(database.file, 'datasets', sha256), { force: true })
  const cache = packsFolder(database.file)
  if (!existsSync(cache)) return
  for (const file of readdirSync(cache)) {
    const hash = /^([0-9a-f]{64})\.pack$/.exec(file)?.[1]
    if (hash !== undefined && !used(hash)) rmSync(packPath(database.file, 'packs', hash), { force: true })
  }
}
