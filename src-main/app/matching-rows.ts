/** Rows of a data set as its table asks for them: those that match, in the order asked for. */
import type { RequestOf } from '../../src-shared/contract.ts'
import type { SampleFilter } from '../../src-shared/contract/datasets.ts'
import { refused } from '../../src-shared/errors.ts'
import { ordered } from '../../src-shared/order.ts'
import type { MetadataData } from '../datasets/dataset.ts'
import { readDataset } from '../project/datasets.ts'
import type { ReadableDatabase } from '../project/database.ts'
import { findRows, readIds, readPresence } from '../project/samples.ts'
import { metadataValue } from './metadata.ts'

interface Query extends Pick<RequestOf<'dataset.samples'>, 'dataset' | 'search' | 'without'> {
  readonly order: { readonly by: string | null; readonly descending: boolean } | null
  readonly filters: readonly SampleFilter[]
}

/** Rows that match; in data set order where none is asked for. Throws `refused` for a column that is not there. */
export function matchingRows(
  database: ReadableDatabase,
  { dataset, search, without, order, filters }: Query,
  metadata: readonly MetadataData[],
): readonly number[] {
  const { samples } = readDataset(database, dataset)
  const found = search === '' ? Array.from({ length: samples }, (_, row) => row) : findRows(database, dataset, search)
  const present = without === null ? null : readPresence(database, dataset, without)
  const tests = filters.map((filter) => ({ filter, column: columnOf(metadata, filter.column) }))
  const rows = found.filter(
    (row) =>
      (present === null || present[row] === 0) &&
      tests.every(({ filter, column }) => {
        const value = metadataValue(column, row)
        if ('category' in filter) return value === filter.category
        return typeof value === 'number' && value >= (filter.from ?? -Infinity) && value <= (filter.to ?? Infinity)
      }),
  )
  if (order === null) return rows
  return ordered(rows, valuesBy(database, dataset, order.by, metadata), order.descending)
}

/** What rows are put in order by: their ids, or a column's values; null where a sample has none. */
function valuesBy(
  database: ReadableDatabase,
  dataset: number,
  by: string | null,
  metadata: readonly MetadataData[],
): (row: number) => string | number | null {
  if (by === null) {
    const ids = readIds(database, dataset)
    return (row) => ids[row] ?? null
  }
  const column = columnOf(metadata, by)
  return (row) => metadataValue(column, row)
}

function columnOf(metadata: readonly MetadataData[], name: string): MetadataData {
  const found = metadata.find(({ column }) => column.column === name)
  if (found === undefined)
    throw refused(
      `The data set has no column ${name}.`,
      `Its columns are ${metadata.map(({ column }) => column.column).join(', ')}.`,
      { field: name },
    )
  return found
}
