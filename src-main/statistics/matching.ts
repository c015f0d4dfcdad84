import munkres from 'munkres'

/**
 * One-to-one matching of rows to columns with the highest total (Hungarian algorithm). The column of each row; -1 for
 * rows left over when there are more rows than columns.
 */
export function bestMatching(gains: readonly (readonly number[])[]): number[] {
  const columnOf = gains.map(() => -1)
  if (gains[0] === undefined || gains[0].length === 0) return columnOf
  for (const [row, column] of munkres(gains.map((row) => row.map((gain) => -gain)))) columnOf[row] = column
  return columnOf
}
