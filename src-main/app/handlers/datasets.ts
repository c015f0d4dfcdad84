import type { datasetRequests } from '../../../src-shared/contract/datasets.ts'
import type { Handlers } from '../../host/router.ts'
import { deleteDataset, listDatasets, readDataset, renameDataset } from '../../project/datasets.ts'
import type { ReadableDatabase } from '../../project/database.ts'
import { findRows, readIds, readMetadata, readPresence, readRows } from '../../project/samples.ts'
import { datasetDistributions } from '../../services/distributions.ts'
import type { AppContext } from '../context.ts'
import { Display } from '../display.ts'
import { metadataValue } from '../metadata.ts'

export function datasetHandlers(context: AppContext): Handlers<keyof typeof datasetRequests> {
  const { store } = context
  const database = () => context.session().project.database
  const tell = (): void => context.push({ name: 'datasets.changed', payload: { datasets: listDatasets(database()) } })
  return {
    'dataset.list': () => ({ datasets: listDatasets(database()) }),
    'dataset.samples': ({ dataset, offset, limit, search, without }) => {
      const matching = matchingRows(database(), dataset, search, without)
      const rows = matching.slice(offset, offset + limit)
      const ids = readIdsOf(database(), dataset, rows)
      const values = readRows(database(), dataset, rows)
      const metadata = readMetadata(database(), dataset)
      const display = new Display(store, database(), dataset)
      return {
        total: matching.length,
        rows: rows.map((row, i) => ({
          row,
          id: ids[i]!,
          present: values.map(({ present }) => present[i] === 1),
          metadata: metadata.map((column) => metadataValue(column, row)),
        })),
        modalities: values.map((modality) => display.rows(modality)),
      }
    },
    'dataset.distributions': ({ dataset }) => datasetDistributions(database(), dataset),
    'dataset.rename': ({ dataset, name }) => {
      const renamed = renameDataset(database(), dataset, name)
      tell()
      return { dataset: renamed }
    },
    'dataset.delete': ({ dataset }) => {
      deleteDataset(database(), dataset)
      tell()
      return {}
    },
  }
}

/** Rows that match, in data set order. */
function matchingRows(
  database: ReadableDatabase,
  dataset: number,
  search: string,
  without: string | null,
): readonly number[] {
  const { samples } = readDataset(database, dataset)
  const found = search === '' ? Array.from({ length: samples }, (_, row) => row) : findRows(database, dataset, search)
  if (without === null) return found
  const present = readPresence(database, dataset, without)
  return found.filter((row) => present[row] === 0)
}

function readIdsOf(database: ReadableDatabase, dataset: number, rows: readonly number[]): string[] {
  const [first] = rows
  const last = rows.at(-1)
  if (first === undefined || last === undefined) return []
  const between = readIds(database, dataset, first, last - first + 1)
  return rows.map((row) => between[row - first]!)
}
