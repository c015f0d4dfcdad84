/** Rows of a table as samples: their ids, and their cells as numbers. */
import { type CausalscopeError, refused } from '../../src-shared/errors.ts'
import type { CurveBlock } from './blocks.ts'
import { isMissing, isNumeric, numberOf, plainForm } from './cells.ts'
import type { Table } from './table.ts'
import type { TableIds } from './library.ts'
import type { Reading } from './reading.ts'
import { sampleId } from './id-column.ts'

export type RowIds = Pick<CurveBlock, 'ids' | 'groups' | 'pairing' | 'count' | 'origin'>

/** Ids of a table in which each row is a sample. Throws `refused` for an empty or repeated id. */
export function rowIds(table: Table, { column, name }: TableIds): RowIds {
  const origin = (i: number) => ({ file: table.file, row: table.lines[i]! })
  const count = table.rows.length
  if (column === null) return { ids: null, pairing: `${table.file} by row`, count, origin }
  const seen = new Map<string, number>()
  const ids = table.rows.map((row, i) => {
    const id = sampleId(row[column]!)
    const line = table.lines[i]!
    if (id === '') throw emptyId(table, line, name!)
    const before = seen.get(id)
    if (before !== undefined)
      throw refused(
        `${table.file}, row ${line}: the id "${id}" stands in row ${before} already.`,
        'Each sample has one row: take one of them out, or give it an id of its own.',
        { file: table.file, row: line, field: name!, id },
      )
    seen.set(id, line)
    return id
  })
  const groups = table.groups === undefined ? {} : { groups: table.groups.of }
  return { ids, ...groups, pairing: `${table.file} by column ${name!}`, count, origin }
}

export function emptyId(table: Table, row: number, field: string): CausalscopeError {
  return refused(`${table.file}, row ${row}: the id in column ${field} is empty.`, 'Give each sample an id.', {
    file: table.file,
    row,
    field,
  })
}

/** A cell that ought to be a number, or to be missing (null); anything else is a fault and undefined. */
export function cellNumber(
  table: Table,
  i: number,
  column: number,
  id: string | undefined,
  { log }: Reading,
): number | null | undefined {
  const cell = table.rows[i]![column]!
  if (plainForm(cell) !== null) return Number(cell)
  if (isMissing(cell)) return null
  if (isNumeric(cell, table.decimalComma)) return numberOf(cell, table.decimalComma)
  const shown = cell.length > 40 ? `${cell.slice(0, 40)}...` : cell
  const decimal = /^[+-]?\d+,\d+$/.test(cell) ? ' Its other numbers have a decimal point.' : ''
  log.add({
    file: table.file,
    row: table.lines[i]!,
    field: table.columns[column]!,
    ...(id === undefined ? {} : { id }),
    message: `"${shown}" is not a number.${decimal}`,
    hint: `Correct the cell, or empty it if the value is missing${wordHint(cell)}.`,
  })
  return undefined
}

/** How a word in the place of a number is called missing in all places at once. */
function wordHint(cell: string): string {
  return /\d/.test(cell)
    ? ''
    : ` ("text": {"missing": [${JSON.stringify(cell)}]} in a data description, if this word says so)`
}

/** Notes the cell as a fault. */
export function addNonFinite(table: Table, i: number, column: number, id: string | undefined, { log }: Reading): void {
  log.add({
    file: table.file,
    row: table.lines[i]!,
    field: table.columns[column]!,
    ...(id === undefined ? {} : { id }),
    message: `the value is ${table.rows[i]![column]!}, not a finite number.`,
    hint: 'Correct or empty the cell.',
  })
}
