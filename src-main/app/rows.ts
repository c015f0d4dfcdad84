import { refused } from '../../src-shared/errors.ts'

/** Throws `refused` unless all are rows of a data set with so many samples. */
export function requireRows(rows: readonly number[], samples: number): void {
  const outside = rows.find((row) => !Number.isInteger(row) || row < 0 || row >= samples)
  if (outside !== undefined)
    throw refused(`There is no sample in row ${outside}: the rows are 0 to ${samples - 1}.`, '', { field: 'rows' })
}
