import type { datasetRequests } from '../../../src-shared/contract/datasets.ts'
import type { Handlers } from '../../host/router.ts'
import { deleteDataset, listDatasets, renameDataset } from '../../project/datasets.ts'
import type { ReadableDatabase } from '../../project/database.ts'
import { readIds, readMetadata, readRows } from '../../project/samples.ts'
import { datasetDistributions } from '../../services/distributions.ts'
import type { AppContext } from '../context.ts'
import { Display } from '../display.ts'
import { matchingRows } from '../matching-rows.ts'
import { metadataValue } from '../metadata.ts'

export function datasetHandlers(context: AppContext): Handlers<keyof typeof datasetRequests> {
  const { store } = context
  const database = () => context.session().project.database
  const tell = (): void => context.push({ name: 'datasets.changed', payload: { datasets: listDatasets(database()) } })
  return {
    'dataset.list': () => ({ datasets: listDatasets(database()) }),
    'dataset.samples': ({ offset, limit, ...query }) => {
      const { dataset } = query
      const metadata = readMetadata(database(), dataset)
      const matching = matchingRows(database(), query, metadata)
      const rows = matching.slice(offset, offset + limit)
      const ids = readIdsOf(database(), dataset, rows)
      const values = readRows(database(), dataset, rows)
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

/** Rows in any order. */
function readIdsOf(database: ReadableDatabase, dataset: number, rows: readonly number[]): string[] {
  if (rows.length === 0) return []
  const first = Math.min(...rows)
  const between = readIds(database, dataset, first, Math.max(...rows) - first + 1)
  return rows.map((row) => between[row - first]!)
}
