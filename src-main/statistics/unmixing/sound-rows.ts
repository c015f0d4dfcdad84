/** Rows that numbers can be fitted to: what cannot be is refused with its row and column. */
import type { UnmixingNote } from '../../../src-shared/domain/unmixing.ts'
import { refused } from '../../../src-shared/errors.ts'
import type { RealMatrix } from '../linear-algebra/real-matrix.ts'

/** Throws `refused` for no rows, no columns, one row alone, and values that are not finite. */
export function requireSoundRows(data: RealMatrix): void {
  const { rows, columns, values } = data
  if (rows === 0 || columns === 0)
    throw refused(`There is nothing to unmix: ${rows} rows of ${columns} dimensions.`, 'Give at least two rows.')
  requireFinite(data)
  if (rows === 1) throw refused('One row alone does not vary: there is nothing to unmix.', 'Give at least two rows.')
  if (constantColumns(data).length === columns)
    throw refused(
      `All ${rows} rows are the same (${columns} dimensions, the first ${values[0]!}): there is nothing to unmix.`,
      'Look whether the representation has collapsed, or the file holds one row many times.',
    )
}

export function requireFinite({ values, columns }: RealMatrix): void {
  const at = values.findIndex((value) => !Number.isFinite(value))
  if (at < 0) return
  const [row, column] = [Math.floor(at / columns) + 1, (at % columns) + 1]
  throw refused(
    `Row ${row}, dimension ${column} is ${values[at]!}: only finite numbers can be unmixed.`,
    'Mend the value, or leave the sample out.',
    { row, field: String(column) },
  )
}

/** Columns whose values are all the same. */
function constantColumns({ rows, columns, values }: RealMatrix): number[] {
  const varies = new Uint8Array(columns)
  for (let i = 1; i < rows; i++)
    for (let j = 0; j < columns; j++) if (values[i * columns + j] !== values[j]) varies[j] = 1
  return Array.from(varies.keys()).filter((column) => varies[column] === 0)
}

export function constantNotes(data: RealMatrix): UnmixingNote[] {
  const columns = constantColumns(data)
  return columns.length === 0 ? [] : [{ what: 'constant-columns', columns, of: data.columns }]
}

/** How many components can be had of those asked for, with a note where fewer. */
export function attainable(
  asked: number,
  of: 'principal' | 'independent',
  { rows, columns }: RealMatrix,
  rank: number,
): { readonly kept: number; readonly notes: readonly UnmixingNote[] } {
  if (!Number.isInteger(asked) || asked < 1)
    throw refused(`${asked} components cannot be had.`, 'Ask for a whole number of at least 1.')
  const kept = Math.min(asked, rank)
  if (kept === asked) return { kept, notes: [] }
  const because = columns < asked && rank === columns ? 'dimensions' : rows - 1 <= rank ? 'rows' : 'rank'
  return { kept, notes: [{ what: 'components-reduced', of, asked, kept, because }] }
}
